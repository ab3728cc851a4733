//! Meshes from files: what is found, what is noted, and that the board can be played.

use pipe_maze_level::kind::KindSpec;
use pipe_maze_level::{Draft, Level, Severity};
use pipe_maze_mesh::{BYTES_MAX, Import, NoteKind, ROUTES_MAX, SERVICES_MAX, SUBSETS_MAX, import_mesh};
use pipe_maze_sim::Policy;
use proptest::prelude::*;

const SAMPLE: &str = include_str!("samples/mesh.yaml");

fn import(text: &str) -> Import {
    import_mesh(text).unwrap_or_else(|e| panic!("{e}\n{text}"))
}

fn errors(draft: &Draft) -> Vec<String> {
    let errors = draft.problems().iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(ToString::to_string).collect()
}

#[test]
fn the_sample_gives_its_services_versions_callers_and_routes() {
    let found = import(SAMPLE).found;
    let services: Vec<&str> = found.services.iter().map(|service| service.name.as_str()).collect();
    assert_eq!(services, ["user-service", "order-service", "payment-service"]);
    let versions: Vec<&str> = found.services[0].subsets.iter().map(|subset| subset.name.as_str()).collect();
    assert_eq!(versions, ["v2", "v1"]);
    assert_eq!(found.services[0].policy, Some(Policy::LeastRequest));
    assert_eq!(found.services[0].queue, Some(10));
    let calls: Vec<(&str, &str)> = found.dependencies.iter().map(|d| (d.from.as_str(), d.to.as_str())).collect();
    assert_eq!(calls, [("api-gateway", "user-service"), ("order-service", "user-service")]);
    let [canary, stable] = &found.routes[..] else { panic!("{:#?}", found.routes) };
    assert!(canary.is_matched && !stable.is_matched);
    let weights: Vec<u32> = stable.to.iter().map(|to| to.weight).collect();
    assert_eq!(weights, [90, 10]);
    let times = (stable.timeout_ms, stable.retries, stable.try_timeout_ms);
    assert_eq!(times, (Some(10_000), Some(3), Some(3_000)));
}

#[test]
fn the_sample_says_what_it_could_not_use_and_where() {
    let notes = import(SAMPLE).notes;
    let there = |part: &str, kind: &NoteKind| {
        let note = notes.iter().find(|note| note.path.contains(part) && note.kind == *kind);
        let note = note.unwrap_or_else(|| panic!("{part}: {kind:?} is not among {notes:#?}"));
        let last = part.rsplit('.').next().unwrap_or(part);
        let line = SAMPLE.lines().nth(note.line as usize - 1).unwrap_or_default();
        (line.contains(last.split('[').next().unwrap_or(last)), line)
    };
    for field in ["consecutiveGatewayErrors", "interval", "baseEjectionTime"] {
        let kind = NoteKind::Misplaced("trafficPolicy.outlierDetection");
        assert!(there(&format!("connectionPool.http.{field}"), &kind).0, "{field}");
    }
    assert!(there("loadBalancer.simple", &NoteKind::Deprecated("LEAST_REQUEST")).0);
    assert!(there("http1MaxPendingRequests", &NoteKind::PerRoom).0);
    assert!(there("http[0].fault", &NoteKind::NotModelled).0);
    assert!(there("retries.retryOn", &NoteKind::AnyFailure).0);
    assert!(there("outlierDetection.maxEjectionPercent", &NoteKind::NotModelled).0);
    assert!(there("operation.methods", &NoteKind::NotModelled).0);
    assert!(there("operation.paths", &NoteKind::NotModelled).0);
    there("http[0].match", &NoteKind::NotModelled);
    there("http[1].route", &NoteKind::Weights);
    there("subsets[1].trafficPolicy", &NoteKind::NotModelled);
    there("order-service", &NoteKind::SentTo("user-service".into()));
    there("payment-service", &NoteKind::SentTo("user-service".into()));
    there("api-gateway", &NoteKind::NotLaid("user-service".into()));
    assert!(notes.iter().all(|note| note.kind != NoteKind::NotUnderstood), "{notes:#?}");
    assert!(notes.is_sorted_by_key(|note| note.line));
}

#[test]
fn the_sample_gives_a_board_that_can_be_played() {
    let Import { mut draft, .. } = import(SAMPLE);
    let board = draft.board().clone();
    assert_eq!(errors(&draft), [""; 0]);
    assert!(board.joints().all(|joint| joint.is_whole()) && board.pipes().len() == 5, "{:#?}", board.pipes());
    let spec = |name: &str| board.piece(name).unwrap_or_else(|| panic!("{name}: {:#?}", board.pieces())).spec.clone();
    assert!(matches!(spec("user-service"), KindSpec::WarpPipe(warp) if warp.policy == Policy::LeastRequest));
    assert!(matches!(spec("user-service-v1"), KindSpec::MachineRoom(room) if room.queue == 10));
    assert!(
        matches!(spec("order-service"), KindSpec::MachineRoom(room) if room.outlets == 1 && room.call_timeout_ms == 10_000)
    );
    let retries = |name: &str| match spec(name) {
        KindSpec::ServiceMeshSuperMushroom(mesh) => (mesh.retries, mesh.try_timeout_ms),
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!((retries("clients-mesh"), retries("order-service-mesh")), ((3, 3_000), (3, 3_000)));
    let level = Level::parse(draft.text()).unwrap_or_else(|e| panic!("{e}\n{}", draft.text()));
    let mut play = pipe_maze_level::Play::start(&level, &board, 1).expect("it flows");
    play.advance_to(pipe_maze_sim::Time::MAX, &mut ());
    let report = play.report();
    assert!(report.good > 100 && report.failed == 0, "{report:#?}");
    while draft.undo() {}
    assert!(draft.board().pieces().is_empty());
}

#[test]
fn other_documents_unknown_fields_and_bad_values_are_noted() {
    let text = "kind: Gateway\nspec: {}\n---\nkind: VirtualService\nspec:\n  hosts: [a.b.svc, '*']\n  colour: red\n  http:\n  - timeout: soon\n    route: [{destination: {host: a}}]\n    route: [{destination: {host: b, port: {number: 1}}}]\n";
    let notes = import(text).notes;
    let said: Vec<(u32, &str, &NoteKind)> = notes.iter().map(|n| (n.line, n.path.as_str(), &n.kind)).collect();
    let expected = [
        (1, "Gateway", &NoteKind::NotModelled),
        (6, "spec.hosts", &NoteKind::NotModelled),
        (6, "a", &NoteKind::SentTo("b".into())),
        (7, "spec.colour", &NoteKind::NotUnderstood),
        (9, "spec.http[0].timeout", &NoteKind::BadValue),
        (11, "spec.http[0].route", &NoteKind::Twice),
        (11, "spec.http[0].route[0].destination.port", &NoteKind::NotModelled),
    ];
    for (line, path, kind) in expected {
        assert!(said.contains(&(line, path, kind)), "{line}, {path}: {kind:?} is not among {said:#?}");
    }
}

#[test]
fn what_is_too_large_or_too_deep_or_no_yaml_is_refused_with_its_line() {
    let too_long = import_mesh(&" ".repeat(BYTES_MAX + 1)).unwrap_err().to_string();
    assert!(too_long.starts_with("262145 bytes: at most 262144"), "{too_long}");
    assert!(import_mesh(&"[".repeat(1_000)).is_err());
    assert!(import_mesh(&"- ".repeat(1_000)).is_err());
    assert!(import_mesh(&"---\na: b\n".repeat(1_000)).is_err());
    assert_eq!(import_mesh("a: b\nc: [d\n").unwrap_err().line, 3);
    let aliases = import("a: &x [1, 2]\nb: *x\n");
    assert!(aliases.notes.iter().any(|note| note.kind == NoteKind::Alias && note.line == 2));
    assert!(import("").found.services.is_empty());
}

#[test]
fn what_names_more_than_any_board_holds_is_cut_short_and_noted() {
    let hosts: String = (0..4_000).map(|nth| format!("  - s{nth}\n")).collect();
    let routes = "  - {route: [{destination: {host: s1}}]}\n".repeat(1_100);
    let Import { draft, found, notes } =
        import(&format!("kind: VirtualService\nspec:\n  hosts:\n{hosts}  http:\n{routes}"));
    assert_eq!((found.services.len(), found.routes.len()), (SERVICES_MAX, ROUTES_MAX));
    assert!(notes.iter().any(|note| note.kind == NoteKind::NoRoom && note.path == "spec.hosts"));
    assert!(draft.board().pieces().len() > 10);
    let subsets: String = (0..4_000).map(|nth| format!("  - {{name: v{nth}}}\n")).collect();
    let Import { found, notes, .. } =
        import(&format!("kind: DestinationRule\nspec:\n  host: a\n  subsets:\n{subsets}"));
    assert_eq!(found.services[0].subsets.len(), SUBSETS_MAX);
    assert!(notes.iter().any(|note| note.kind == NoteKind::NoRoom && note.path == "spec.subsets"));
}

#[test]
fn a_name_as_long_as_a_file_is_none() {
    let long = "a".repeat(100_000);
    let Import { found, notes, .. } = import(&format!("kind: VirtualService\nspec:\n  hosts: [{long}, b]\n"));
    assert_eq!(found.services.len(), 1);
    assert!(notes.iter().any(|note| note.path == "spec.hosts" && note.kind == NoteKind::NotModelled), "{notes:#?}");
}

/// A mesh of so many services that call each other as the pairs say.
fn mesh(services: usize, calls: &[(usize, usize)]) -> String {
    let hosts: String = (0..services).map(|nth| format!("  - s{nth}\n")).collect();
    let mut text = format!("kind: VirtualService\nspec:\n  hosts:\n{hosts}");
    for (from, to) in calls {
        text.push_str(&format!(
            "---\nkind: AuthorizationPolicy\nspec:\n  selector: {{matchLabels: {{app: s{}}}}}\n  rules:\n  - from:\n    - source: {{principals: [x/sa/s{}]}}\n",
            to % services,
            from % services
        ));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_service_is_on_the_board_or_noted(services in 1usize..12, calls in prop::collection::vec((0usize..12, 0usize..12), 0..16)) {
        let Import { draft, notes, found } = import(&mesh(services, &calls));
        prop_assert_eq!(found.services.len(), services);
        prop_assert_eq!(errors(&draft), Vec::<String>::new());
        let board = draft.board();
        let placed = found.services.iter().filter(|service| board.piece(&service.name).is_some()).count();
        let no_room = notes.iter().any(|note| note.kind == NoteKind::NoRoom);
        prop_assert!(placed == services || no_room, "{placed} of {services}: {notes:#?}");
        prop_assert!(board.joints().all(|joint| joint.is_whole()), "{:#?}", board.pipes());
        let inlets = board.pipes().len() + notes.iter().filter(|note| matches!(note.kind, NoteKind::NotLaid(_))).count();
        prop_assert!(inlets >= placed, "each has a pipe or a note: {notes:#?}");
    }

    #[test]
    fn any_text_gives_a_board_or_an_error(at in any::<prop::sample::Index>(), cut in 0usize..80, text in "[-:#&*\\[\\]{}a-z \n\"']{0,40}") {
        let start = at.index(SAMPLE.len());
        let end = (start + cut).min(SAMPLE.len());
        let changed = format!("{}{text}{}", &SAMPLE[..start], &SAMPLE[end..]);
        if let Ok(Import { draft, .. }) = import_mesh(&changed) {
            let again = Draft::from_text(draft.text());
            prop_assert_eq!(again.as_ref(), Ok(&draft));
        }
        let _ = import_mesh(&text);
    }
}
