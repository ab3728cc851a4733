//! Packs and imports: what goes into a file comes out again, and nothing is written over.

use pipe_maze_level::{Level, Shared};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn lab(folder: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_pipe-maze-lab");
    Command::new(program).current_dir(folder).args(arguments).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// An empty folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn levels_go_into_a_pack_and_come_out_as_they_were() {
    let folder = folder("pack");
    let levels = repository().join("levels");
    let of = |path: &str| levels.join(path).to_string_lossy().into_owned();
    let (first, second) = (of("3-flow-control/two-rooms.ron"), of("3-flow-control/checkout-rush.ron"));
    let made = lab(&folder, &["pack", "make", &first, &second, "--out", "class.pipemaze", "--title", "A class"]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));

    let bytes = std::fs::read(folder.join("class.pipemaze")).expect("written");
    let Ok(Shared::Pack(pack)) = Shared::from_bytes(&bytes) else { panic!("no pack was written") };
    let ids: Vec<&str> = pack.levels.iter().map(|level| level.level.level.id.as_str()).collect();
    assert_eq!((pack.title.as_str(), ids), ("A class", vec!["two-rooms", "checkout-rush"]), "in the order named");
    assert!(pack.levels.iter().all(|level| !level.solutions.is_empty() && !level.decoys.is_empty()));

    let listed = text(&lab(&folder, &["pack", "list", "class.pipemaze"]).stdout);
    assert!(
        listed.starts_with("A class\n") && listed.contains("two-rooms") && listed.contains("Two Machine Rooms"),
        "{listed}"
    );

    let unpack = || lab(&folder, &["pack", "unpack", "class.pipemaze", "--into", "out"]);
    let output = unpack();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(read(folder.join("out/two-rooms.ron")), read(&first), "word by word");
    let proved = lab(&folder, &["verify", "out", "--seeds", "1"]);
    assert_eq!(proved.status.code(), Some(0), "{}", text(&proved.stderr));
    for candidate in ["solution", "decoy-one-room"] {
        assert!(text(&proved.stdout).contains(candidate), "{candidate} is missing in:\n{}", text(&proved.stdout));
    }

    let again = unpack();
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("two-rooms.ron: is there already"), "{}", text(&again.stderr));
}

#[test]
fn a_level_named_by_mistake_is_not_written_over() {
    let folder = folder("pack-over");
    std::fs::copy(repository().join("levels/3-flow-control/two-rooms.ron"), folder.join("one.ron")).expect("a copy");
    let before = read(folder.join("one.ron"));
    for out in ["one.ron", "class"] {
        let made = lab(&folder, &["pack", "make", "one.ron", "--out", out]);
        assert_eq!(made.status.code(), Some(2), "{out}");
        assert!(text(&made.stderr).contains("call it NAME.pipemaze"), "{}", text(&made.stderr));
    }
    assert!(read(folder.join("one.ron")) == before && !folder.join("class").exists());
}

#[test]
fn two_levels_of_one_id_and_what_is_no_pack_are_refused() {
    let folder = folder("pack-refused");
    let level = repository().join("levels/3-flow-control/two-rooms.ron");
    for name in ["one.ron", "two.ron"] {
        std::fs::copy(&level, folder.join(name)).expect("a copy");
    }
    let made = lab(&folder, &["pack", "make", ".", "--out", "class.pipemaze"]);
    assert_eq!(made.status.code(), Some(2));
    assert!(text(&made.stderr).contains("is called `two-rooms`, too"), "{}", text(&made.stderr));
    assert!(!folder.join("class.pipemaze").exists(), "nothing is written");
    std::fs::write(folder.join("no.pipemaze"), b"PIPEMAZE\x01nonsense").expect("written");
    for command in [&["pack", "list", "no.pipemaze"][..], &["pack", "unpack", "no.pipemaze", "--into", "out"]] {
        let output = lab(&folder, command);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
        assert!(text(&output.stderr).starts_with("no.pipemaze: "), "{}", text(&output.stderr));
    }
}

#[test]
fn a_mesh_becomes_a_level_and_what_has_no_piece_is_told() {
    let folder = folder("import");
    let mesh = repository().join("src/mesh/tests/samples/mesh.yaml").to_string_lossy().into_owned();
    let import = || lab(&folder, &["import", &mesh, "--out", "mesh.ron"]);
    let output = import();
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{printed}{}", text(&output.stderr));
    assert!(printed.contains("mesh.yaml: line ") && printed.contains("is not modelled yet"), "{printed}");
    assert!(printed.contains("3 services became "), "{printed}");
    let written = read(folder.join("mesh.ron"));
    let level = Level::parse(&written).unwrap_or_else(|e| panic!("{e}\n{written}"));
    assert!(level.pieces.iter().any(|piece| piece.name == "user-service-v1"));

    let again = import();
    assert_eq!(again.status.code(), Some(2), "what is there is not written over");
    assert!(text(&again.stderr).contains("mesh.ron: cannot be written"), "{}", text(&again.stderr));
    // Another file than was meant may be YAML by chance.
    for text in ["", "# Notes\n\nNo mesh.\n", "kind: Deployment\nspec: {}\n"] {
        std::fs::write(folder.join("other.yaml"), text).expect("written");
        let other = lab(&folder, &["import", "other.yaml", "--out", "other.ron"]);
        assert_eq!(other.status.code(), Some(2), "{text}: {}", self::text(&other.stdout));
        assert!(self::text(&other.stderr).contains("names no service"), "{text}: {}", self::text(&other.stderr));
        assert!(!folder.join("other.ron").exists(), "{text}");
    }
    std::fs::write(folder.join("bad.yaml"), "a: [").expect("written");
    let bad = lab(&folder, &["import", "bad.yaml", "--out", "bad.ron"]);
    assert_eq!(bad.status.code(), Some(2));
    assert!(text(&bad.stderr).starts_with("bad.yaml: line ") && !folder.join("bad.ron").exists());
}
