//! What ends https for a demo index: a listener on loopback with a certificate of an authority made
//! for one test. It passes bytes on and knows nothing of HTTP.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tempfile::TempDir;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use trustdesk_demo_index::DemoIndex;
use url::Url;

/// Https in front of a demo index. Dropping it ends it.
pub struct Tls {
    origin: Url,
    folder: TempDir,
    accepting: JoinHandle<()>,
}

impl Tls {
    /// Before this index, with a certificate that names this host.
    pub async fn before(index: &DemoIndex, host: &str) -> Self {
        let mut authority = CertificateParams::new(Vec::new()).expect("parameters");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let authority = CertifiedIssuer::self_signed(authority, key).expect("an authority");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("authority.pem");
        std::fs::write(path, authority.pem()).expect("the authority's certificate");

        let key = KeyPair::generate().expect("a key");
        let certificate = CertificateParams::new([host.to_owned()]).expect("a host");
        let certificate = certificate.signed_by(&key, &authority).expect("a certificate");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("the key");
        let config = ServerConfig::builder().with_no_client_auth();
        let config = config.with_single_cert(vec![certificate.der().clone()], key).expect("a pair");

        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let origin = Url::parse(&format!("https://127.0.0.1:{port}/")).expect("an address");
        let behind = index.origin().socket_addrs(|| None).expect("an address");
        let accepting = tokio::spawn(accept(listener, TlsAcceptor::from(Arc::new(config)), behind));
        Self { origin, folder, accepting }
    }

    /// The address that the core is told.
    #[must_use]
    pub const fn origin(&self) -> &Url {
        &self.origin
    }

    /// Where it listens, for whoever leads another name to it.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        let addresses = self.origin.socket_addrs(|| None).expect("an address of this computer");
        *addresses.first().expect("one")
    }

    /// The certificate of the authority, for who shall trust it.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }
}

impl Drop for Tls {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, behind: Vec<SocketAddr>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, behind) = (acceptor.clone(), behind.clone());
        tokio::spawn(async move {
            // Who does not trust the certificate goes away here, which is what some tests want.
            let Ok(mut near) = acceptor.accept(stream).await else { return };
            let Ok(mut far) = TcpStream::connect(behind.as_slice()).await else { return };
            let _ = copy_bidirectional(&mut near, &mut far).await;
        });
    }
}
