//! Told to stop: by Ctrl-C, or by the system that started the program.

/// Waits until the program is told to stop.
pub(crate) async fn stop() {
    let interrupt = async { tokio::signal::ctrl_c().await.unwrap_or(()) };
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let terminate = async move {
            match terminate {
                Ok(mut signal) => signal.recv().await,
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! { () = interrupt => (), _ = terminate => () }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
