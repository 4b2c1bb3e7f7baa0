//! Settings and environment → a store. Credentials are read from the environment alone, and looked for before anything is sent.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};

use super::http::Connector;
use crate::config::{DeploySettings, DeployTo};
use crate::deploy::failure::DeployError;

/// A store, and what people call it.
pub(super) struct Opened {
    pub(super) store: Arc<dyn ObjectStore>,
    pub(super) name: String,
    pub(super) credentials: &'static Credentials,
}

/// Where a kind of store finds its credentials: sets of variables of which one set must be there.
pub(super) struct Credentials {
    sets: &'static [&'static [&'static str]],
    /// What to do if there are none.
    pub(super) advice: &'static str,
}

const OF_S3: Credentials = Credentials {
    sets: &[
        &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
        &["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"],
        &["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"],
        &["AWS_CONTAINER_CREDENTIALS_FULL_URI"],
    ],
    advice: "Set the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN, if there is one)",
};
const OF_GCS: Credentials = Credentials {
    sets: &[
        &["GOOGLE_APPLICATION_CREDENTIALS"],
        &["GOOGLE_SERVICE_ACCOUNT"],
        &["GOOGLE_SERVICE_ACCOUNT_PATH"],
        &["GOOGLE_SERVICE_ACCOUNT_KEY"],
        &["GOOGLE_BEARER_TOKEN"],
    ],
    advice: "Set the environment variable GOOGLE_APPLICATION_CREDENTIALS to the path of a service account's key file, or GOOGLE_SERVICE_ACCOUNT_KEY to its text",
};
const OF_AZURE: Credentials = Credentials {
    sets: &[
        &["AZURE_STORAGE_ACCOUNT_KEY"],
        &["AZURE_STORAGE_ACCESS_KEY"],
        &["AZURE_STORAGE_MASTER_KEY"],
        &["AZURE_STORAGE_SAS_KEY"],
        &["AZURE_STORAGE_SAS_TOKEN"],
        &["AZURE_STORAGE_TOKEN"],
        &["AZURE_STORAGE_CLIENT_ID", "AZURE_STORAGE_CLIENT_SECRET", "AZURE_STORAGE_TENANT_ID"],
        &["AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_TENANT_ID"],
        &["AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_TENANT_ID"],
    ],
    advice: "Set the environment variable AZURE_STORAGE_ACCOUNT_KEY or AZURE_STORAGE_SAS_KEY, or AZURE_CLIENT_ID, AZURE_CLIENT_SECRET and AZURE_TENANT_ID",
};

impl Credentials {
    fn require(&self, target: &str) -> Result<(), DeployError> {
        match self.sets.iter().any(|set| set.iter().all(|name| variable(name).is_some())) {
            true => Ok(()),
            false => {
                Err(DeployError::usage(format!("no credentials for {target}. {}, and deploy again.", self.advice)))
            }
        }
    }
}

/// A variable that is set to something.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// A busy store is asked again after longer and longer pauses, for two minutes.
fn retry() -> RetryConfig {
    let backoff =
        BackoffConfig { init_backoff: Duration::from_millis(200), max_backoff: Duration::from_secs(10), base: 2.0 };
    RetryConfig { backoff, max_retries: 7, retry_timeout: Duration::from_secs(120) }
}

/// The store of a deployment.
pub(super) fn open(settings: &DeploySettings) -> Result<Opened, DeployError> {
    let (name, credentials) = described(&settings.to);
    credentials.require(&name)?;
    let connector = Connector::new(settings.connections);
    let store = match &settings.to {
        DeployTo::S3 { bucket, region, endpoint } => s3(bucket, region.as_deref(), endpoint.as_deref(), connector)?,
        DeployTo::Gcs { bucket, endpoint } => gcs(bucket, endpoint.as_deref(), connector),
        DeployTo::Azure { container, account, endpoint } => {
            azure(container, account.as_deref(), endpoint.as_deref(), connector)?
        }
        DeployTo::Folder(_) | DeployTo::Git { .. } => return Err(DeployError::machine("not a store")),
    };
    let failed = |error: object_store::Error| {
        DeployError::usage(format!("{name} can't be opened: {error}. {}, and deploy again.", credentials.advice))
    };
    Ok(Opened { store: store.map_err(failed)?, name, credentials })
}

fn described(to: &DeployTo) -> (String, &'static Credentials) {
    let at = |endpoint: &Option<String>| endpoint.as_ref().map_or(String::new(), |endpoint| format!(" at {endpoint}"));
    match to {
        DeployTo::Gcs { bucket, endpoint } => {
            (format!("the bucket {bucket} of Google Cloud Storage{}", at(endpoint)), &OF_GCS)
        }
        DeployTo::Azure { container, endpoint, .. } => {
            (format!("the container {container} of Azure{}", at(endpoint)), &OF_AZURE)
        }
        DeployTo::S3 { bucket, endpoint: Some(endpoint), .. } => (format!("the bucket {bucket} at {endpoint}"), &OF_S3),
        DeployTo::S3 { bucket, .. } => (format!("the bucket {bucket} of Amazon S3"), &OF_S3),
        DeployTo::Folder(place) | DeployTo::Git { repository: place, .. } => (place.clone(), &OF_S3),
    }
}

type Built = object_store::Result<Arc<dyn ObjectStore>>;

fn s3(bucket: &str, region: Option<&str>, endpoint: Option<&str>, connector: Connector) -> Result<Built, DeployError> {
    let is_amazon = endpoint.is_none() && variable("AWS_ENDPOINT").or_else(|| variable("AWS_ENDPOINT_URL")).is_none();
    let region =
        region.map(str::to_owned).or_else(|| variable("AWS_REGION")).or_else(|| variable("AWS_DEFAULT_REGION"));
    if region.is_none() && is_amazon {
        return Err(DeployError::usage(format!(
            "the region of the bucket {bucket} is unknown. Add a line such as `region = \"ap-south-1\"` to its settings, or set AWS_REGION."
        )));
    }
    let builder = AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .with_region(region.unwrap_or_else(|| "us-east-1".to_owned()));
    let builder = match endpoint {
        // A store at an address of its own seldom has a host's name for each bucket.
        Some(endpoint) => builder
            .with_endpoint(endpoint)
            .with_virtual_hosted_style_request(false)
            .with_allow_http(endpoint.starts_with("http:")),
        None => builder,
    };
    Ok(builder
        .with_retry(retry())
        .with_http_connector(connector)
        .build()
        .map(|store| Arc::new(store) as Arc<dyn ObjectStore>))
}

fn gcs(bucket: &str, endpoint: Option<&str>, connector: Connector) -> Built {
    let mut builder = GoogleCloudStorageBuilder::from_env().with_bucket_name(bucket);
    if let Some(endpoint) = endpoint {
        let options = ClientOptions::new().with_allow_http(endpoint.starts_with("http:"));
        builder = builder.with_base_url(endpoint).with_client_options(options);
    }
    builder
        .with_retry(retry())
        .with_http_connector(connector)
        .build()
        .map(|store| Arc::new(store) as Arc<dyn ObjectStore>)
}

fn azure(
    container: &str,
    account: Option<&str>,
    endpoint: Option<&str>,
    connector: Connector,
) -> Result<Built, DeployError> {
    let Some(account) = account.map(str::to_owned).or_else(|| variable("AZURE_STORAGE_ACCOUNT_NAME")) else {
        return Err(DeployError::usage(format!(
            "the account of the container {container} is unknown. Add a line `account = \"…\"` to its settings, or set \
             AZURE_STORAGE_ACCOUNT_NAME."
        )));
    };
    let mut builder = MicrosoftAzureBuilder::from_env().with_account(account).with_container_name(container);
    if let Some(endpoint) = endpoint {
        builder = builder.with_endpoint(endpoint.to_owned()).with_allow_http(endpoint.starts_with("http:"));
    }
    Ok(builder
        .with_retry(retry())
        .with_http_connector(connector)
        .build()
        .map(|store| Arc::new(store) as Arc<dyn ObjectStore>))
}
