//! A folder on a disk that keeps what was synced and nothing else for certain.

use std::collections::BTreeMap;

use super::record::Event;
use crate::dice::Dice;

/// What a disk writes at once.
const SECTOR: usize = 512;

/// Names, each with the place of its file.
type Names = BTreeMap<String, usize>;

#[derive(Default)]
pub(super) struct Disk {
    files: Vec<File>,
    /// As they were when the folder was synced.
    names: Names,
    /// What became of them since, one after the other: a file system keeps this order.
    moved: Vec<Names>,
}

#[derive(Default)]
struct File {
    synced: Vec<u8>,
    since: Vec<Piece>,
}

/// What is on the disk as a whole or not at all.
#[derive(Clone)]
enum Piece {
    Sector(usize, Vec<u8>),
    Length(usize),
}

/// What is there of all that was not synced.
#[derive(Clone, Copy)]
enum Left {
    Nothing,
    All,
    /// Any of it.
    Some,
    /// All up to some place.
    Beginning,
}

impl Disk {
    pub(super) fn take(&mut self, event: &Event) {
        match event {
            Event::Made(name) => {
                if !self.now().contains_key(name) {
                    self.files.push(File::default());
                    let place = self.files.len() - 1;
                    self.rename(|names| names.insert(name.clone(), place));
                }
            }
            Event::Removed(name) => self.rename(|names| names.remove(name)),
            Event::Renamed(from, to) => self.rename(|names| {
                let place = names.remove(from).expect("it was there");
                names.insert(to.clone(), place)
            }),
            Event::FolderSynced => {
                self.names = self.now().clone();
                self.moved.clear();
            }
            Event::Written(name, at, bytes) => {
                let pieces = sectors(*at, bytes);
                self.file(name).since.extend(pieces);
            }
            Event::Cut(name, length) => self.file(name).since.push(Piece::Length(*length)),
            Event::Synced(name) => self.file(name).sync(),
            Event::Said(_) | Event::Posted => {}
        }
    }

    /// The folder as a cut at this moment may leave it.
    pub(super) fn after_cut(&self, dice: &mut Dice) -> Vec<(String, Vec<u8>)> {
        let moves = dice.count(self.moved.len() + 1);
        let names = if moves == 0 { &self.names } else { &self.moved[moves - 1] };
        let after =
            |(name, place): (&String, &usize)| (name.clone(), self.files[*place].after_cut(dice));
        names.iter().map(after).collect()
    }

    fn now(&self) -> &Names {
        self.moved.last().unwrap_or(&self.names)
    }

    fn rename(&mut self, change: impl FnOnce(&mut Names) -> Option<usize>) {
        let mut names = self.now().clone();
        let _what_stood_there = change(&mut names);
        self.moved.push(names);
    }

    fn file(&mut self, name: &str) -> &mut File {
        let place = *self.now().get(name).unwrap_or_else(|| panic!("nobody made {name}"));
        &mut self.files[place]
    }
}

impl File {
    fn sync(&mut self) {
        for piece in std::mem::take(&mut self.since) {
            lay(&mut self.synced, &piece);
        }
    }

    fn after_cut(&self, dice: &mut Dice) -> Vec<u8> {
        let left =
            dice.one_of(&[Left::Nothing, Left::All, Left::Some, Left::Some, Left::Beginning]);
        let end = dice.count(self.since.len() + 1);
        let mut content = self.synced.clone();
        for (place, piece) in self.since.iter().enumerate() {
            let is_there = match left {
                Left::Nothing => false,
                Left::All => true,
                Left::Some => dice.below(2) == 0,
                Left::Beginning => place < end,
            };
            if is_there {
                lay(&mut content, piece);
            }
        }
        content
    }
}

fn sectors(at: usize, bytes: &[u8]) -> Vec<Piece> {
    let (mut at, mut rest, mut pieces) = (at, bytes, Vec::new());
    while !rest.is_empty() {
        let (sector, later) = rest.split_at(rest.len().min(SECTOR - at % SECTOR));
        pieces.push(Piece::Sector(at, sector.to_owned()));
        (at, rest) = (at + sector.len(), later);
    }
    pieces
}

fn lay(content: &mut Vec<u8>, piece: &Piece) {
    match piece {
        Piece::Sector(at, bytes) => {
            let end = at + bytes.len();
            if content.len() < end {
                content.resize(end, 0);
            }
            content[*at..end].copy_from_slice(bytes);
        }
        Piece::Length(length) => content.resize(*length, 0),
    }
}
