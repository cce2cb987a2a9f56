//! A tablet in the clinic's network: it trusts the certificates that it was given, and nothing else.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, StreamOwned, SupportedProtocolVersion};

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The number on the first line.
    pub(crate) fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }
}

/// A tablet.
pub(crate) struct Tablet(Arc<ClientConfig>);

/// A connection under TLS.
pub(crate) type Connection = StreamOwned<ClientConnection, TcpStream>;

impl Tablet {
    /// It trusts the certificate in this file, and speaks every version of TLS that there is.
    pub(crate) fn trusting(file: &Path) -> Self {
        Self::speaking(file, rustls::ALL_VERSIONS)
    }

    /// It speaks these versions only.
    pub(crate) fn speaking(file: &Path, versions: &[&'static SupportedProtocolVersion]) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(file).expect("a certificate")).expect("an authority");
        let mut config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_protocol_versions(versions)
            .expect("known versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Self(Arc::new(config))
    }

    /// Connects and shakes hands, expecting `name`.
    pub(crate) fn connect(&self, at: SocketAddr, name: &str) -> io::Result<Connection> {
        let name = ServerName::try_from(name.to_owned()).expect("a name");
        let client = ClientConnection::new(Arc::clone(&self.0), name).expect("a configuration");
        let mut connection = StreamOwned::new(client, stream(at)?);
        while connection.conn.is_handshaking() {
            connection.conn.complete_io(&mut connection.sock)?;
        }
        Ok(connection)
    }

    /// Asks for a page of `127.0.0.1`.
    pub(crate) fn get(&self, at: SocketAddr, path: &str) -> io::Result<Answer> {
        exchange(&mut self.connect(at, "127.0.0.1")?, &get(at, path))
    }

    /// Posts a form, as a page would.
    pub(crate) fn post(&self, at: SocketAddr, path: &str, form: &str) -> io::Result<Answer> {
        exchange(&mut self.connect(at, "127.0.0.1")?, &post(at, path, form))
    }
}

/// Which version of TLS, and which protocol in it.
pub(crate) fn agreed(connection: &Connection) -> (Option<ProtocolVersion>, Option<String>) {
    let protocol = connection.conn.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned());
    (connection.conn.protocol_version(), protocol)
}

/// Asks without encryption.
pub(crate) fn ask_plainly(at: SocketAddr, path: &str) -> io::Result<Answer> {
    exchange(&mut stream(at)?, &get(at, path))
}

/// A connection that fails rather than waits for ever.
pub(crate) fn stream(at: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(at)?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    Ok(stream)
}

/// A form's request.
pub(crate) fn post(at: SocketAddr, path: &str, form: &str) -> String {
    let (kind, length) = ("application/x-www-form-urlencoded", form.len());
    format!(
        "POST {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{form}"
    )
}

/// Reads an answer to its end.
pub(crate) fn read(connection: &mut impl Read) -> io::Result<Answer> {
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    Ok(Answer { head: head.to_owned(), body: body.to_owned() })
}

fn get(at: SocketAddr, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n")
}

fn exchange(connection: &mut (impl Read + Write), request: &str) -> io::Result<Answer> {
    connection.write_all(request.as_bytes())?;
    connection.flush()?;
    read(connection)
}
