//! How much memory and how many file descriptors this process holds, as Linux tells it.

use crate::Error;
use std::fs;

/// The memory that is resident now, in bytes.
pub(crate) fn resident() -> Result<u64, Error> {
    of_status("VmRSS:")
}

/// The most memory that was resident since [`forget_peak`], in bytes.
pub(crate) fn peak() -> Result<u64, Error> {
    of_status("VmHWM:")
}

/// Lets the peak be what is resident now.
pub(crate) fn forget_peak() -> Result<(), Error> {
    fs::write("/proc/self/clear_refs", "5")
        .map_err(|error| format!("the peak of memory cannot be measured here: {error}").into())
}

/// The file descriptors that are open now.
pub(crate) fn descriptors() -> Result<u64, Error> {
    let entries = fs::read_dir("/proc/self/fd")
        .map_err(|error| format!("file descriptors cannot be counted here: {error}"))?;
    Ok(u64::try_from(entries.count())?)
}

fn of_status(name: &str) -> Result<u64, Error> {
    let status = fs::read_to_string("/proc/self/status")
        .map_err(|error| format!("memory cannot be measured here: {error}"))?;
    let kibibytes: u64 = status
        .lines()
        .find_map(|line| {
            line.strip_prefix(name)?
                .split_whitespace()
                .next()?
                .parse()
                .ok()
        })
        .ok_or_else(|| format!("memory cannot be measured here: no line {name}"))?;
    Ok(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_was_held_shows_in_the_peak() -> Result<(), Error> {
        forget_peak()?;
        let before = resident()?;
        let held = vec![1_u8; 64 << 20];
        assert!(held.iter().all(|byte| *byte == 1));
        drop(held);
        let grown = peak()? - before;
        assert!((60 << 20..80 << 20).contains(&grown), "{grown}");
        Ok(())
    }
}
