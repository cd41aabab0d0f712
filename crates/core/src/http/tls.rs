//! Which certificates are trusted.

use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use crate::error::Error;

/// Whose signature under a venue's certificate is trusted.
#[derive(Debug, Clone, Default)]
pub struct Roots {
    own: Vec<CertificateDer<'static>>,
    only_own: bool,
}

impl Roots {
    /// The roots of the web, or of the operating system with the feature `platform-verifier`.
    #[must_use]
    pub fn web() -> Self {
        Self::default()
    }

    /// Only certificates in this PEM text: a proxy's, or a simulated venue's.
    ///
    /// # Errors
    /// When the text holds no certificate.
    pub fn only_pem(pem: &str) -> Result<Self, Error> {
        let own: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|error| Error::config(format!("root certificates: {error}")))?;
        if own.is_empty() {
            return Err(Error::config("root certificates: the PEM text holds none"));
        }
        Ok(Self { own, only_own: true })
    }

    /// Trusts certificates in this PEM text besides the others.
    ///
    /// # Errors
    /// When the text holds no certificate.
    pub fn and_pem(mut self, pem: &str) -> Result<Self, Error> {
        self.own.extend(Self::only_pem(pem)?.own);
        Ok(self)
    }

    pub(crate) fn config(&self) -> Result<ClientConfig, Error> {
        // The provider is named: where a program holds two, the implicit choice panics.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::config(format!("TLS: {error}")))?;
        if let Some(verifier) = self.platform(provider)? {
            return Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth());
        }
        let mut store = RootCertStore::empty();
        if !self.only_own {
            store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        for certificate in &self.own {
            store
                .add(certificate.clone())
                .map_err(|error| Error::config(format!("root certificates: {error}")))?;
        }
        Ok(builder.with_root_certificates(store).with_no_client_auth())
    }

    #[cfg(feature = "platform-verifier")]
    fn platform(
        &self,
        provider: Arc<rustls::crypto::CryptoProvider>,
    ) -> Result<Option<Arc<dyn ServerCertVerifier>>, Error> {
        use rustls_platform_verifier::Verifier;
        if self.only_own {
            return Ok(None);
        }
        let verifier = Verifier::new_with_extra_roots(self.own.iter().cloned(), provider)
            .map_err(|error| Error::config(format!("the system's certificates: {error}")))?;
        Ok(Some(Arc::new(verifier)))
    }

    #[cfg(not(feature = "platform-verifier"))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the same shape with and without the feature"
    )]
    fn platform(
        &self,
        _: Arc<rustls::crypto::CryptoProvider>,
    ) -> Result<Option<Arc<dyn ServerCertVerifier>>, Error> {
        Ok(None)
    }
}
