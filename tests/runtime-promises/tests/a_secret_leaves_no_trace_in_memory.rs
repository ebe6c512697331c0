//! Once a client, or a credential that was replaced, is gone, its secret is nowhere in the memory of the process.
//!
//! Only what was never sent: buffers of connections are not the runtime's to wipe.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{Api, ApiKeyPlace, Core, Credential, Secret, SecurityScheme};
use std::fs::{File, read_to_string};
use std::hint::black_box;
use std::os::unix::fs::FileExt as _;

const SCHEMES: &[(&str, SecurityScheme)] = &[
    ("bearer", SecurityScheme::Bearer),
    ("basic", SecurityScheme::Basic),
    ("header", key(ApiKeyPlace::Header)),
    ("query", key(ApiKeyPlace::Query)),
    ("cookie", key(ApiKeyPlace::Cookie)),
];

static API: Api = Api::new("example-client", "1.0.0")
    .default_server("https://api.example.com")
    .security_schemes(SCHEMES);

const fn key(place: ApiKeyPlace) -> SecurityScheme {
    SecurityScheme::ApiKey { place, name: "key" }
}

/// Long enough that memory of this size is not soon given to others.
const LENGTH: usize = 700;

/// The part of a secret that is looked for. An allocator writes over the start of memory that it got back.
const LOOKED_FOR: std::ops::Range<usize> = 300..320;

/// The secret's byte at `index`, told anew each time so that no copy is needed to look for it.
fn byte(index: usize) -> u8 {
    // One character that must be encoded in a cookie.
    if index == 400 {
        return b'%';
    }
    let seed = u64::from(std::process::id()) << 16 | u64::try_from(index).unwrap();
    let mixed = black_box(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    b'a' + u8::try_from((mixed ^ mixed >> 32) % 26).unwrap()
}

fn secret() -> Secret {
    let mut text = String::with_capacity(LENGTH);
    text.extend((0..LENGTH).map(|index| char::from(byte(index))));
    Secret::from(text)
}

fn credential(scheme: &str) -> Credential {
    match scheme {
        "basic" => Credential::UserPassword {
            user: Secret::new("user"),
            password: secret(),
        },
        _ => Credential::Token(secret()),
    }
}

/// The parts of this process's memory that can be written to, as first address and end.
fn writable() -> Vec<(u64, u64)> {
    let maps = read_to_string("/proc/self/maps").unwrap();
    let parts = maps.lines().filter_map(|line| {
        let (range, rest) = line.split_once(' ').unwrap();
        let (start, end) = range.split_once('-').unwrap();
        let address = |text| u64::from_str_radix(text, 16).unwrap();
        rest.starts_with("rw")
            .then(|| (address(start), address(end)))
    });
    parts.collect()
}

/// How often the secret is in the memory of this process.
fn found() -> usize {
    let memory = File::open("/proc/self/mem").unwrap();
    let mut buffer = vec![0; 1 << 13];
    let empty = buffer.clone();
    let first = byte(LOOKED_FOR.start);
    let own = u64::try_from(buffer.as_ptr().addr()).unwrap();
    let own_end = own + u64::try_from(buffer.len()).unwrap();
    let is_secret = |window: &&[u8]| {
        let mut pairs = window.iter().zip(LOOKED_FOR);
        window[0] == first && pairs.all(|(seen, index)| *seen == byte(index))
    };
    let mut count = 0;
    // What is read lies in the buffer and must not be found there.
    let parts = writable()
        .into_iter()
        .flat_map(|(start, end)| [(start, end.min(own)), (start.max(own_end), end)]);
    for (mut start, end) in parts {
        while start < end {
            let length = usize::try_from(end - start).unwrap().min(buffer.len());
            let Ok(read) = memory.read_at(&mut buffer[..length], start) else {
                break;
            };
            // Most memory is empty, which is told fast.
            if buffer[..read] != empty[..read] {
                let windows = buffer[..read].windows(LOOKED_FOR.len());
                count += windows.filter(is_secret).count();
            }
            if read <= LOOKED_FOR.len() || read < buffer.len() {
                break;
            }
            // A secret that lies across the end is found next time.
            start += u64::try_from(read - LOOKED_FOR.len() + 1).unwrap();
        }
    }
    buffer.fill(0);
    black_box(&mut buffer);
    count
}

#[test]
fn neither_a_dropped_client_nor_a_replaced_credential_leaves_one() {
    assert_eq!(found(), 0);
    let secret = secret();
    assert_eq!(
        found(),
        1,
        "one of them and not the text that it was made from"
    );
    drop(secret);
    assert_eq!(found(), 0);
    for (scheme, _) in SCHEMES {
        // In Basic only the encoded form is kept.
        let kept = usize::from(*scheme != "basic");
        let core = Core::builder(&API)
            .credential(scheme, credential(scheme))
            .build()
            .unwrap();
        assert_eq!(found(), kept, "{scheme}");
        let other = match *scheme {
            "basic" => Credential::UserPassword {
                user: Secret::new("user"),
                password: Secret::new("other"),
            },
            _ => Credential::Token(Secret::new("other")),
        };
        core.set_credential(scheme, other).unwrap();
        assert_eq!(found(), 0, "{scheme}, after it was replaced");
        core.set_credential(scheme, credential(scheme)).unwrap();
        assert_eq!(found(), kept, "{scheme}");
        drop(core);
        assert_eq!(found(), 0, "{scheme}, after the client is gone");
    }
}
