//! Answers connections, each for as long as its client keeps up.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, Server};
use tokio::net::TcpListener;
use tower_http::timeout::RequestBodyTimeoutLayer;

use super::gate::Gate;
use super::stop::stop;

/// For the whole TLS handshake: two or three messages, on a bad radio link.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// For the head of a request, from the moment when the connection has nothing else to do; so an idle connection ends as well.
const HEAD: Duration = Duration::from_secs(30);
/// Between two pieces of a request's body.
const BODY: Duration = Duration::from_secs(30);
/// For requests under way when the program is told to stop.
const LAST: Duration = Duration::from_secs(20);

/// Answers what comes to `listener`, under TLS if there is a configuration, until `end` is told to stop.
pub(super) async fn serve(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    pages: Router,
    end: Handle<SocketAddr>,
) -> io::Result<()> {
    let service = pages.layer(RequestBodyTimeoutLayer::new(BODY)).into_make_service_with_connect_info::<SocketAddr>();
    let gate = Gate { connections: end.clone(), tls: tls.is_some() };
    let server = limited(Server::from_listener(listener).handle(end));
    match tls {
        Some(config) => {
            let acceptor = RustlsAcceptor::new(config).handshake_timeout(HANDSHAKE).acceptor(gate);
            server.acceptor(acceptor).serve(service).await
        }
        None => server.acceptor(gate).serve(service).await,
    }
}

/// Ends the servers when the program is told to stop; what is under way may finish.
pub(super) async fn end_when_told(servers: [Handle<SocketAddr>; 2]) {
    stop().await;
    for server in servers {
        server.graceful_shutdown(Some(LAST));
    }
}

fn limited(server: Server<SocketAddr>) -> Server<SocketAddr> {
    let mut server = server.http1_only().accept_error_handler(|from, error| {
        tracing::debug!(?from, %error, "a connection was not taken");
    });
    server.http_builder().http1().header_read_timeout(HEAD);
    server
}
