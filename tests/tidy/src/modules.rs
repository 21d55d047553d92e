//! Which source file of a crate imports which other one, read from its `crate::` and `super::` paths.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A module's path inside its crate; empty for the crate's root.
type Module = Vec<String>;

/// The files of one crate, by module, and what each of them re-exports.
struct Crate<'a> {
    files: BTreeMap<Module, &'a Path>,
    exports: BTreeMap<Module, BTreeMap<String, Module>>,
}

/// File → files of the same crate that it imports. `sources` are the crate's files below its `src`, with their text.
/// What stands in a file's own tests does not count: they lie above all that they test.
pub fn imports<'a>(
    src: &Path,
    sources: &'a [(PathBuf, String)],
) -> BTreeMap<&'a Path, BTreeSet<&'a Path>> {
    let mut all = Crate { files: BTreeMap::new(), exports: BTreeMap::new() };
    let mut texts = vec![];
    for (path, text) in sources {
        let Ok(inside) = path.strip_prefix(src) else { continue };
        let module = module_of(inside);
        let code = code_of(text);
        all.exports.insert(module.clone(), exports(&module, &code));
        all.files.insert(module.clone(), path);
        texts.push((module, path.as_path(), code));
    }
    let mut found = BTreeMap::new();
    for (module, path, code) in texts {
        let mut named = paths(&module, &code);
        for child in
            all.files.keys().filter(|m| m.len() == module.len() + 1 && m.starts_with(&module))
        {
            named.extend(used_child(child, &code));
        }
        let mut to: BTreeSet<&Path> =
            named.iter().filter_map(|path| all.file_of(path, 0)).collect();
        to.remove(path);
        found.insert(path, to);
    }
    found
}

/// Files that import one another, directly or by way of others: each group once.
pub fn circles<'a>(imports: &BTreeMap<&'a Path, BTreeSet<&'a Path>>) -> Vec<BTreeSet<&'a Path>> {
    let reached = |from: &'a Path| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(next) = open.pop() {
            for to in imports.get(next).into_iter().flatten() {
                if seen.insert(*to) {
                    open.push(to);
                }
            }
        }
        seen
    };
    let all: BTreeMap<&Path, BTreeSet<&Path>> = imports.keys().map(|f| (*f, reached(f))).collect();
    let mut groups = BTreeSet::new();
    for (file, to) in &all {
        if to.contains(file) {
            groups.insert(to.iter().copied().filter(|f| all[f].contains(file)).collect());
        }
    }
    groups.into_iter().collect()
}

impl<'a> Crate<'a> {
    /// Where a path leads: to the file of the longest module in it, or to where that module has the next name from.
    fn file_of(&self, path: &[String], depth: usize) -> Option<&'a Path> {
        let length = (0..=path.len()).rev().find(|n| self.files.contains_key(&path[..*n]))?;
        let (module, rest) = path.split_at(length);
        if let Some((name, further)) = rest.split_first()
            && let Some(origin) = self.exports[module].get(name)
            && depth < 5
        {
            return self.file_of(&[origin.as_slice(), further].concat(), depth + 1);
        }
        self.files.get(module).copied()
    }
}

fn module_of(inside: &Path) -> Module {
    let mut parts: Module =
        inside.with_extension("").iter().map(|p| p.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

/// Without comments and without the file's tests.
fn code_of(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let lines = before_tests.lines().map(|line| line.split("//").next().unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// Names that a module hands on from its children or others.
fn exports(module: &[String], code: &str) -> BTreeMap<String, Module> {
    let mut found = BTreeMap::new();
    for statement in code.split(';') {
        let Some((before, tree)) = statement.rsplit_once("use ") else { continue };
        let visible = before.trim_end();
        if !(visible.ends_with("pub")
            || visible.ends_with("pub(crate)")
            || visible.ends_with("pub(super)"))
        {
            continue;
        }
        for leaf in leaves(tree) {
            if let (Some(path), Some(name)) = (absolute(module, &leaf, true), leaf.last()) {
                found.insert(name.clone(), path);
            }
        }
    }
    found
}

/// Every module path that the code names: in its imports and in passing.
fn paths(module: &[String], code: &str) -> Vec<Module> {
    let mut found = vec![];
    for (at, _) in code.match_indices("use ") {
        let tree = code[at + 4..].split(';').next().unwrap_or_default();
        let own = code[..at].trim_end();
        // Re-exports of a module's own children are no imports.
        if own.ends_with("pub") || own.ends_with(')') {
            continue;
        }
        found.extend(leaves(tree).iter().filter_map(|leaf| absolute(module, leaf, false)));
    }
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let named: String = code[at..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || "_:".contains(*c))
                .collect();
            let leaf: Module =
                named.split("::").filter(|s| !s.is_empty()).map(str::to_owned).collect();
            found.extend(absolute(module, &leaf, false));
        }
    }
    found
}

/// What a module uses of its own child under the child's bare name; handing a name on is no use of it.
fn used_child(child: &[String], code: &str) -> Vec<Module> {
    let Some(name) = child.last() else { return vec![] };
    let start = format!("{name}::");
    let used = code.match_indices(&start).filter(|(at, _)| {
        let before = &code[..*at];
        let statement = before.rsplit([';', '}']).next().unwrap_or(before).trim_start();
        let handed_on = statement.starts_with("pub") && statement.contains(" use ");
        let whole = !before.ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
        whole && !handed_on
    });
    used.map(|(at, _)| {
        let rest = code[at + start.len()..].chars();
        let item: String = rest.take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        [child, &[item]].concat()
    })
    .collect()
}

/// From the root of the crate. A path that begins with neither `crate` nor `super` leads to a child, where that counts.
fn absolute(module: &[String], leaf: &[String], children: bool) -> Option<Module> {
    let ups = leaf.iter().take_while(|s| *s == "super").count();
    match leaf.first().map(String::as_str)? {
        "crate" => Some(leaf[1..].to_vec()),
        "super" => Some([module.get(..module.len().checked_sub(ups)?)?, &leaf[ups..]].concat()),
        "self" => Some([module, &leaf[1..]].concat()),
        _ if children => Some([module, leaf].concat()),
        _ => None,
    }
}

/// `a::{b, c::{self, d}}` as `a::b`, `a::c` and `a::c::d`.
fn leaves(tree: &str) -> Vec<Module> {
    let tree = tree.trim();
    let (path, group) = match tree.split_once('{') {
        Some((path, rest)) => (path, Some(rest.trim_end().strip_suffix('}').unwrap_or(rest))),
        None => (tree, None),
    };
    let path = path.split(" as ").next().unwrap_or(path);
    let prefix: Module = path
        .split("::")
        .map(str::trim)
        .filter(|s| !s.is_empty() && *s != "*")
        .map(str::to_owned)
        .collect();
    let Some(group) = group else { return vec![prefix] };
    let (mut found, mut depth, mut from) = (vec![], 0usize, 0usize);
    let ends = group.char_indices().chain([(group.len(), ',')]);
    for (at, c) in ends {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                for leaf in leaves(&group[from..at]) {
                    let leaf = if leaf == ["self"] { vec![] } else { leaf };
                    if !group[from..at].trim().is_empty() {
                        found.push([prefix.as_slice(), &leaf].concat());
                    }
                }
                from = at + 1;
            }
            _ => {}
        }
    }
    found
}
