//! A call to a server of one answer, by the module that the build script makes.
#![deny(clippy::all, clippy::pedantic, missing_docs, unreachable_pub, unused)]

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
};

include!(concat!(env!("OUT_DIR"), "/petstore.rs"));

/// Another one, which is not at the root.
pub mod api {
    include!(concat!(env!("OUT_DIR"), "/plain.rs"));
}

const ANSWER: &str = r#"{"id":7,"petName":"Rex","kind":{"beak":true}}"#;

/// What the settings call `why`.
fn why(trouble: &petstore::models::Trouble) -> &str {
    &trouble.why
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = thread::spawn(move || {
        for _ in 0..2 {
            let (mut stream, _) = listener.accept()?;
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte)?;
                request.extend(byte);
            }
            write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{ANSWER}",
                ANSWER.len()
            )?;
        }
        std::io::Result::Ok(())
    });

    let client = petstore::Client::builder()
        .base_url(&url)
        .built_token("secret")
        .build()?;
    let pet = client.pets().read_built(7).await?;
    println!("{} is {}", pet.id, pet.pet_name);

    println!("none is {}", why(&petstore::models::Trouble::new("away")));

    let client = api::plain::Client::builder()
        .base_url(&url)
        .built_token("secret")
        .build()?;
    let pet = client.pets().read_built(7).await?;
    println!("{} is {}", pet.id, pet.pet_name);
    server.join().map_err(|_| "the server broke")??;
    Ok(())
}
