//! What the page weighs: the list of sizes for the loader, and compressed side files for servers.

use crate::bundle::files;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Map, Value};
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Below this a compressed copy saves nothing worth a file.
const SIDE_FILE_BYTES_MIN: usize = 1024;

/// Writes `sizes.json`: the raw bytes of every file the loader downloads with progress.
///
/// A server that compresses on the fly sends no usable `Content-Length`; the loader counts decoded bytes
/// against these instead.
///
/// # Errors
/// Where a file cannot be read or the list not written.
pub fn write_sizes(dist: &Path) -> Result<(), Box<dyn Error>> {
    let mut sizes = Map::new();
    for file in files(dist)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file.parent() == Some(dist) && (name.ends_with(".wasm") || name.ends_with(".js")) {
            sizes.insert(name, Value::from(fs::metadata(&file)?.len()));
        }
    }
    fs::write(dist.join("sizes.json"), serde_json::to_string_pretty(&sizes)? + "\n")?;
    Ok(())
}

/// Writes `.br` and `.gz` beside every file that gains by it, and prints a table of weights.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn compress(dist: &Path) -> Result<(), Box<dyn Error>> {
    write_sizes(dist)?;
    println!("{:<40} {:>12} {:>12} {:>12}", "file", "raw", "gzip", "brotli");
    let mut total = [0_usize; 3];
    for file in files(dist)? {
        let name = file.strip_prefix(dist)?.to_string_lossy().into_owned();
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let raw = fs::read(&file)?;
        let (small, smaller) = std::thread::scope(|scope| {
            let gzip = scope.spawn(|| gzip(&raw));
            (brotli(&raw), gzip.join())
        });
        let (brotli, gzip) = (small?, smaller.map_err(|_| "gzip's thread ended early")??);
        let weights = [raw.len(), gzip.len().min(raw.len()), brotli.len().min(raw.len())];
        if raw.len() >= SIDE_FILE_BYTES_MIN {
            for (suffix, bytes) in [("gz", &gzip), ("br", &brotli)] {
                if bytes.len() < raw.len() {
                    fs::write(dist.join(format!("{name}.{suffix}")), bytes)?;
                }
            }
        }
        row(&name, weights);
        for (sum, weight) in total.iter_mut().zip(weights) {
            *sum += weight;
        }
    }
    row("all", total);
    Ok(())
}

fn row(name: &str, weights: [usize; 3]) {
    let [raw, gzip, brotli] = weights.map(grouped);
    println!("{name:<40} {raw:>12} {gzip:>12} {brotli:>12}");
}

/// 12345678 as `12 345 678`.
fn grouped(bytes: usize) -> String {
    let digits = bytes.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

fn gzip(raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(raw)?;
    encoder.finish()
}

fn brotli(raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: raw.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &raw[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_grouped_by_thousands() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1234), "1 234");
        assert_eq!(grouped(12_345_678), "12 345 678");
    }

    #[test]
    fn what_was_compressed_comes_back() {
        let raw = b"drip ".repeat(1000);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &brotli(&raw).unwrap()[..], &mut back).unwrap();
        assert_eq!(back, raw);
        assert!(gzip(&raw).unwrap().len() < 100);
    }
}
