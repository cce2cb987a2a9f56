//! The gate before each connection: not too many at once, and a helping word for who speaks plain HTTP where TLS is spoken.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use axum_server::Handle;
use axum_server::accept::Accept;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Connections at the same time. A tablet holds up to six, so this is eighty tablets; each costs some 50 kB with its buffers, so
/// a broken or hostile device costs the machine 25 MB at most. It can still keep others out until the time-outs of its
/// connections strike: who may join the clinic's network is not for this program to decide.
const MOST: usize = 512;
/// Until a client that connected has to say its first byte.
const FIRST_BYTE: Duration = Duration::from_secs(10);
/// The first byte of a TLS connection.
const HANDSHAKE: u8 = 0x16;
/// Enough for a browser's first request, bytes.
const REQUEST: usize = 4096;

/// Lets connections in.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    /// Counts the connections of the server that the gate belongs to.
    pub(super) connections: Handle<SocketAddr>,
    /// Is TLS spoken behind it?
    pub(super) tls: bool,
}

impl<S: Send + 'static> Accept<TcpStream, S> for Gate {
    type Stream = TcpStream;
    type Service = S;
    type Future = Pin<Box<dyn Future<Output = io::Result<(TcpStream, S)>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let gate = self.clone();
        Box::pin(async move {
            gate.admit(&stream).await?;
            Ok((stream, service))
        })
    }
}

impl Gate {
    async fn admit(&self, stream: &TcpStream) -> io::Result<()> {
        if self.connections.connection_count() > MOST {
            return Err(io::Error::other("too many connections at once"));
        }
        stream.set_nodelay(true)?;
        if self.tls { timeout(FIRST_BYTE, expect_tls(stream)).await? } else { Ok(()) }
    }
}

/// A browser that was told no scheme asks by plain HTTP first.
async fn expect_tls(stream: &TcpStream) -> io::Result<()> {
    let mut request = [0; REQUEST];
    let length = stream.peek(&mut request).await?;
    if request[0] == HANDSHAKE && length > 0 {
        return Ok(());
    }
    // What was said has to be read, or closing the connection would take the answer with it.
    let length = stream.try_read(&mut request)?;
    stream.writable().await?;
    stream.try_write(answer(&String::from_utf8_lossy(&request[..length])).as_bytes())?;
    Err(io::Error::other("plain HTTP where TLS is spoken"))
}

/// A page that was asked for is led to its encrypted address; a form, whose words have crossed the network already, is not.
fn answer(request: &str) -> String {
    if let Some(address) = encrypted_address(request) {
        return format!("HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
    let text = "Everything here is encrypted: write https:// before the address.\n";
    let length = text.len();
    format!(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{text}"
    )
}

fn encrypted_address(request: &str) -> Option<String> {
    let mut lines = request.split("\r\n");
    let path = lines.next()?.strip_prefix("GET ")?.strip_suffix(" HTTP/1.1")?;
    let mut headers = lines.filter_map(|line| line.split_once(':'));
    let (_, host) = headers.find(|(name, _)| name.eq_ignore_ascii_case("host"))?;
    let host = host.trim();
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    (path.starts_with('/') && plain(path) && plain(host)).then(|| format!("https://{host}{path}"))
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn a_page_is_led_to_its_encrypted_address() {
        let said = answer("GET /clients?find=a HTTP/1.1\r\nAccept: */*\r\nhost: 192.168.1.20:8610\r\n\r\n");
        assert!(said.starts_with("HTTP/1.1 302 "), "{said}");
        assert!(said.contains("\r\nLocation: https://192.168.1.20:8610/clients?find=a\r\n"), "{said}");
    }

    #[test]
    fn a_form_and_what_is_no_request_get_a_word() {
        for request in
            ["POST /sign-in HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET //\u{1} HTTP/1.1", ""]
        {
            let said = answer(request);
            assert!(said.starts_with("HTTP/1.1 400 ") && said.contains("https://"), "{said}");
        }
    }
}
