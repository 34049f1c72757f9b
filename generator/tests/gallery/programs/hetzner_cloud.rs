//! Hetzner Cloud: a server is made, found, restarted and taken down.

use hetzner_cloud::models::{ServersCreateBody, ServersListStatus, SshKeysCreateBody};
use hetzner_cloud::{Client, prelude::*};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The document says nothing of credentials.
    let token = format!("Bearer {}", std::env::var("HCLOUD_TOKEN")?);
    let client = Client::builder().default_header("authorization", &token).build()?;

    let key = SshKeysCreateBody::new("desk", std::env::var("PUBLIC_KEY")?);
    client.ssh_keys().create(&key).await?;

    let server = ServersCreateBody::new("debian-12", "web-1", "cx22").ssh_keys(["desk"]);
    let made = client.servers().create(&server).await?;
    println!("{} at {:?}", made.server.name, made.root_password);

    let running = client.servers().list().status(&ServersListStatus::Running).await?;
    for server in running.servers {
        println!("{} runs in {}", server.name, server.datacenter.name);
    }

    client.server_actions().reboot(made.server.id).await?;
    match client.servers().delete(made.server.id).max_attempts(1).await {
        Err(error) if error.is_status(404) => println!("gone already"),
        deleted => println!("{:?}", deleted?.action),
    }
    Ok(())
}
