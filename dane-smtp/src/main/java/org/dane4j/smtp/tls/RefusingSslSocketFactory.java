// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/** Makes no sockets: it stands where the application has forgotten to say whom to trust. */
final class RefusingSslSocketFactory extends SSLSocketFactory {

  private static SSLException refusal() {
    return new SSLException(
        "there is no default for DANE: call DaneSslSocketFactory.setDefault before any mail is sent");
  }

  @Override
  public Socket createSocket() throws IOException {
    throw refusal();
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    throw refusal();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw refusal();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw refusal();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw refusal();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    throw refusal();
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return new String[0];
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return new String[0];
  }
}
