//! SQLite's write-ahead log, read by hand. SQLite takes a log up to its first broken frame and says
//! nothing about the rest; a broken header makes it forget the whole log. What was committed there
//! would be gone without a word, so such a log is damage. But a broken end of one transaction is what
//! a power cut leaves of the write that it met: each commit is synced before the next one begins.
//! (Format: sqlite.org/fileformat2.html, 4.)

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// What every file of ours has, since none was ever made otherwise.
pub(super) const PAGE: usize = 4096;
/// A page so far behind the end of all that is there is a broken number, not a page.
const FAR_BEYOND: usize = 4096;

/// A frame: which page, counted from 1, and what is in it.
struct Frame<'a> {
    page: usize,
    /// Whether it is the last one of its transaction.
    commits: bool,
    salts: &'a [u8],
    checksums: (u32, u32),
    head: &'a [u8],
    content: &'a [u8],
}

/// Whether SQLite would read every transaction that was synced to this log. Frames of an earlier round,
/// with other salts, may follow, and what there is of a last transaction.
pub(super) fn is_whole(log: &[u8]) -> bool {
    let Some(header) = log.get(..HEADER) else {
        return true;
    };
    let Some(big_endian) = endianness(header) else {
        return frames(log).next().is_none();
    };
    let mut sums = sum(header.get(..24).unwrap_or_default(), (0, 0), big_endian);
    if sums != (number(header, 24), number(header, 28)) {
        return frames(log).next().is_none();
    }
    let salts = header.get(16..24).unwrap_or_default();
    let is_read = |frame: &Frame<'_>| {
        sums = sum(frame.content, sum(frame.head, sums, big_endian), big_endian);
        frame.salts == salts && sums == frame.checksums
    };
    let unread = frames(log).skip_while(is_read);
    let mut unread = unread.filter(|frame| frame.salts == salts);
    let ends = unread.any(|frame| frame.commits);
    !(ends && unread.next().is_some())
}

/// The file with the log's frames in their places, whatever the checksums say. Salts that most frames
/// have are the log's own.
pub(super) fn laid_over(file: &mut Vec<u8>, log: &[u8]) {
    let Some(own) = frames(log).next().map(|frame| frame.salts.to_vec()) else {
        return;
    };
    let last = (file.len().max(log.len()) / PAGE).saturating_add(FAR_BEYOND);
    for frame in frames(log).filter(|frame| frame.salts == own && frame.page <= last) {
        put_page(file, frame.page, frame.content);
    }
}

/// Puts the beginning of a page, or all of it, into its place in a file.
pub(super) fn put_page(file: &mut Vec<u8>, page: usize, content: &[u8]) {
    let Some(start) = page.checked_sub(1).map(|before| before * PAGE) else { return };
    let end = start + content.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    if let Some(place) = file.get_mut(start..end) {
        place.copy_from_slice(content);
    }
}

fn frames(log: &[u8]) -> impl Iterator<Item = Frame<'_>> {
    let frames = log.get(HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + PAGE);
    frames.filter_map(|frame| {
        let (head, content) = frame.split_at_checked(FRAME_HEADER)?;
        Some(Frame {
            page: usize::try_from(number(head, 0)).ok()?,
            commits: number(head, 4) != 0,
            salts: head.get(8..16)?,
            checksums: (number(head, 16), number(head, 20)),
            head: head.get(..8)?,
            content,
        })
    })
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
