//! SQLite's write-ahead log, read by hand, one frame at a time. SQLite takes a log up to its first
//! broken frame and says nothing about the rest; a broken header makes it forget the whole log. What
//! was committed there would be gone without a word, so such a log is damage. But a broken end of one
//! transaction is what a power cut leaves of the write that it met: each commit is synced before the
//! next one begins. (Format: sqlite.org/fileformat2.html, 4.)

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// What every file of ours has, since none was ever made otherwise.
pub(super) const PAGE: usize = 4096;
/// A page so far behind the end of all that is there is a broken number, not a page.
const FAR_BEYOND: u64 = 4096;

/// A frame: which page, counted from 1, and what is in it.
struct Frame([u8; FRAME_HEADER + PAGE]);

impl Frame {
    fn page(&self) -> u32 {
        number(&self.0, 0)
    }

    /// Whether it is the last one of its transaction.
    fn commits(&self) -> bool {
        number(&self.0, 4) != 0
    }

    fn head(&self) -> &[u8] {
        self.0.get(..8).unwrap_or_default()
    }

    fn salts(&self) -> &[u8] {
        self.0.get(8..16).unwrap_or_default()
    }

    fn checksums(&self) -> (u32, u32) {
        (number(&self.0, 16), number(&self.0, 20))
    }

    fn content(&self) -> &[u8] {
        self.0.get(FRAME_HEADER..).unwrap_or_default()
    }
}

/// The frames of a log, one after the other.
struct Frames<R>(R);

impl<R: Read> Frames<R> {
    /// None: no whole one is left.
    fn next(&mut self) -> io::Result<Option<Frame>> {
        let mut frame = Frame([0; FRAME_HEADER + PAGE]);
        Ok(fill(&mut self.0, &mut frame.0)?.then_some(frame))
    }
}

/// Whether SQLite would read every transaction that was synced to this log. Frames of an earlier round,
/// with other salts, may follow, and what there is of a last transaction.
pub(super) fn is_whole(mut log: impl Read) -> io::Result<bool> {
    let mut header = [0; HEADER];
    if !fill(&mut log, &mut header)? {
        return Ok(true);
    }
    let mut frames = Frames(log);
    let salts = header.get(16..24).unwrap_or_default();
    let mut sums = match endianness(&header) {
        Some(big_endian) => {
            let sums = sum(header.get(..24).unwrap_or_default(), (0, 0), big_endian);
            (sums == (number(&header, 24), number(&header, 28))).then_some((sums, big_endian))
        }
        None => None,
    };
    if sums.is_none() {
        return Ok(frames.next()?.is_none());
    }
    let mut an_unread_transaction_ended = false;
    while let Some(frame) = frames.next()? {
        if let Some((before, big_endian)) = sums {
            let head = sum(frame.head(), before, big_endian);
            let after = sum(frame.content(), head, big_endian);
            let is_read = frame.salts() == salts && after == frame.checksums();
            sums = is_read.then_some((after, big_endian));
        }
        if sums.is_none() && frame.salts() == salts {
            if an_unread_transaction_ended {
                return Ok(false);
            }
            an_unread_transaction_ended = frame.commits();
        }
    }
    Ok(true)
}

/// Puts the log's frames into their places in the file, whatever the checksums say. Salts that most
/// frames have are the log's own.
pub(super) fn lay_over(file: &mut File, log: impl Read, log_length: u64) -> io::Result<()> {
    let mut frames = Frames(log);
    if !fill(&mut frames.0, &mut [0; HEADER])? {
        return Ok(());
    }
    let page: u64 = PAGE.try_into().unwrap_or(u64::MAX);
    let last = (file.metadata()?.len().max(log_length) / page).saturating_add(FAR_BEYOND);
    let mut own: Option<Vec<u8>> = None;
    while let Some(frame) = frames.next()? {
        let own = own.get_or_insert_with(|| frame.salts().to_owned());
        if frame.salts() == own.as_slice() && u64::from(frame.page()) <= last {
            put_page(file, frame.page(), frame.content())?;
        }
    }
    Ok(())
}

/// Puts the beginning of a page, or all of it, into its place in a file.
pub(super) fn put_page(file: &mut File, page: u32, content: &[u8]) -> io::Result<()> {
    let Some(before) = page.checked_sub(1) else { return Ok(()) };
    let page: u64 = PAGE.try_into().unwrap_or(u64::MAX);
    file.seek(SeekFrom::Start(u64::from(before).saturating_mul(page)))?;
    file.write_all(content)
}

/// Whether there was enough to fill this.
fn fill(from: &mut impl Read, bytes: &mut [u8]) -> io::Result<bool> {
    match from.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn endianness(header: &[u8]) -> Option<bool> {
    match number(header, 0) {
        0x377f_0682 => Some(false),
        0x377f_0683 => Some(true),
        _ => None,
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let word = bytes.get(at..at + 4).and_then(|word| word.try_into().ok());
    word.map(u32::from_be_bytes).unwrap_or_default()
}

fn sum(bytes: &[u8], (mut first, mut second): (u32, u32), big_endian: bool) -> (u32, u32) {
    let (words, _) = bytes.as_chunks::<4>();
    let read = if big_endian { u32::from_be_bytes } else { u32::from_le_bytes };
    let (pairs, _) = words.as_chunks::<2>();
    for [one, two] in pairs {
        first = first.wrapping_add(read(*one)).wrapping_add(second);
        second = second.wrapping_add(read(*two)).wrapping_add(first);
    }
    (first, second)
}
