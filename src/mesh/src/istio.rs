//! Istio's documents: what they say about services, routes and who may call whom.

use super::ROUTES_MAX;
use super::fields::Fields;
use super::found::{Dependency, Destination, Found, Route};
use super::note::{NoteKind, Notes};
use super::time::duration_ms;
use super::yaml::{Node, Value};
use pipe_maze_sim::Policy;

/// Where what decides about ejecting instances belongs.
const OUTLIERS: &str = "trafficPolicy.outlierDetection";
const OUTLIER_FIELDS: &[&str] = &[
    "consecutiveGatewayErrors",
    "consecutive5xxErrors",
    "consecutiveErrors",
    "interval",
    "baseEjectionTime",
    "maxEjectionPercent",
    "minHealthPercent",
];

/// What the documents say.
pub(crate) fn read(documents: &[Node], notes: &mut Notes) -> Found {
    let mut found = Found::default();
    for document in documents {
        let mut fields = Fields::of(document, "", notes);
        fields.take("apiVersion");
        fields.take("status");
        let kind = fields.text("kind", notes).unwrap_or_default();
        if let Some(mut about) = fields.fields("metadata", notes) {
            let name = about.text("name", notes).map(str::to_owned);
            found.title = found.title.take().or(name);
        }
        let spec = fields.fields("spec", notes);
        match (kind, spec) {
            ("VirtualService", Some(spec)) => virtual_service(spec, &mut found, notes),
            ("DestinationRule", Some(spec)) => destination_rule(spec, &mut found, notes),
            ("AuthorizationPolicy", Some(spec)) => authorization(spec, &mut found, notes),
            ("VirtualService" | "DestinationRule" | "AuthorizationPolicy", None) => {
                notes.add(document.line, "spec", NoteKind::BadValue);
            }
            ("", _) if is_empty(document) => {}
            ("", _) => notes.add(document.line, "kind", NoteKind::BadValue),
            (other, _) => notes.add(document.line, other, NoteKind::NotModelled),
        }
        fields.finish(&[], notes);
    }
    found
}

fn is_empty(document: &Node) -> bool {
    matches!(&document.value, Value::Scalar(text) if matches!(text.as_str(), "" | "~" | "null"))
}

fn host_of(text: &str) -> String {
    text.split('.').next().unwrap_or_default().trim().to_owned()
}

fn virtual_service(mut spec: Fields<'_>, found: &mut Found, notes: &mut Notes) {
    let mut hosts: Vec<(String, u32)> = Vec::new();
    for host in spec.take("hosts").map(Node::items).unwrap_or_default() {
        match host.text().and_then(|text| found.service(text, host.line)) {
            Some(service) if hosts.iter().any(|(name, _)| *name == service.name) => {
                notes.add(host.line, spec.path_of("hosts"), NoteKind::Twice);
            }
            Some(service) => hosts.push((service.name.clone(), host.line)),
            None => notes.add(host.line, spec.path_of("hosts"), found.no_service(NoteKind::NotModelled)),
        }
    }
    let first = found.routes.len();
    for (node, fields) in spec.list("http", notes) {
        if found.routes.len() >= ROUTES_MAX {
            notes.add(node.line, spec.path_of("http"), NoteKind::NoRoom);
            break;
        }
        let route = http_route(node, fields, &hosts, found, notes);
        found.routes.push(route);
    }
    // Hosts of which every request is sent to others.
    for (host, line) in &hosts {
        let mut all = found.routes[first..].iter().flat_map(|route| &route.to);
        let elsewhere = all.clone().next().map(|to| to.host.clone());
        if let Some(to) = elsewhere.filter(|_| all.all(|to| to.host != *host)) {
            notes.add(*line, host, NoteKind::SentTo(to));
        }
    }
    spec.finish(&["gateways", "tls", "tcp", "exportTo"], notes);
}

fn http_route(
    node: &Node,
    mut fields: Fields<'_>,
    hosts: &[(String, u32)],
    found: &mut Found,
    notes: &mut Notes,
) -> Route {
    let mut route =
        Route { hosts: hosts.iter().map(|(host, _)| host.clone()).collect(), line: node.line, ..Route::default() };
    fields.take("name");
    if let Some(matches) = fields.take("match") {
        route.is_matched = true;
        notes.add(matches.line, fields.path_of("match"), NoteKind::NotModelled);
    }
    for (_, mut share) in fields.list("route", notes) {
        let weight = share.read("weight", notes, |text| text.parse().ok()).unwrap_or(1);
        if let Some(mut to) = share.fields("destination", notes) {
            let host = to.text("host", notes).unwrap_or_default();
            let subset = to.text("subset", notes).map(str::to_owned);
            if let Some(service) = found.service(host, node.line) {
                let host = service.name.clone();
                if subset.as_ref().is_some_and(|subset| !service.add_subset(subset, node.line)) {
                    notes.add(node.line, to.path_of("subset"), NoteKind::NoRoom);
                }
                route.to.push(Destination { host, subset, weight });
            } else {
                notes.add(node.line, to.path_of("host"), found.no_service(NoteKind::BadValue));
            }
            to.finish(&["port"], notes);
        }
        share.finish(&["headers"], notes);
    }
    if !route.is_matched && route.to.windows(2).any(|pair| pair[0].weight != pair[1].weight) {
        notes.add(node.line, fields.path_of("route"), NoteKind::Weights);
    }
    route.timeout_ms = fields.read("timeout", notes, duration_ms);
    if let Some(mut retries) = fields.fields("retries", notes) {
        route.retries = retries.read("attempts", notes, |text| text.parse().ok());
        route.try_timeout_ms = retries.read("perTryTimeout", notes, duration_ms);
        if let Some(on) = retries.take("retryOn") {
            notes.add(on.line, retries.path_of("retryOn"), NoteKind::AnyFailure);
        }
        retries.finish(&["retryRemoteLocalities", "retryIgnorePreviousHosts", "backoff"], notes);
    }
    let known = [
        "fault",
        "mirror",
        "mirrors",
        "mirrorPercentage",
        "redirect",
        "rewrite",
        "headers",
        "corsPolicy",
        "delegate",
        "directResponse",
    ];
    fields.finish(&known, notes);
    route
}

fn destination_rule(mut spec: Fields<'_>, found: &mut Found, notes: &mut Notes) {
    let host = spec.take("host");
    let line = host.map_or(0, |host| host.line);
    let name = host.and_then(Node::text).map(host_of).unwrap_or_default();
    let mut rule = Rule::default();
    if let Some(policy) = spec.fields("trafficPolicy", notes) {
        traffic_policy(policy, &mut rule, notes);
    }
    let mut subsets = Vec::new();
    for (node, mut subset) in spec.list("subsets", notes) {
        if let Some(name) = subset.text("name", notes) {
            subsets.push((name.to_owned(), node.line));
        }
        // Labels tell instances of one version from those of another, which rooms of their own are.
        subset.take("labels");
        // A version is one room: there is nothing to balance within it.
        subset.finish(&["trafficPolicy"], notes);
    }
    spec.finish(&["exportTo", "workloadSelector"], notes);
    let Some(service) = found.service(&name, line) else {
        return notes.add(line, "spec.host", found.no_service(NoteKind::BadValue));
    };
    service.policy = rule.policy.or(service.policy);
    service.queue = rule.queue.or(service.queue);
    for (subset, line) in subsets {
        if !service.add_subset(&subset, line) {
            notes.add(line, "spec.subsets", NoteKind::NoRoom);
        }
    }
}

/// What a traffic policy says that there are pieces for.
#[derive(Default)]
struct Rule {
    policy: Option<Policy>,
    queue: Option<u32>,
}

fn traffic_policy(mut policy: Fields<'_>, rule: &mut Rule, notes: &mut Notes) {
    if let Some(mut balancer) = policy.fields("loadBalancer", notes) {
        let path = balancer.path_of("simple");
        if let Some(simple) = balancer.take("simple") {
            rule.policy = simple.text().and_then(policy_of);
            match simple.text() {
                Some("LEAST_CONN") => notes.add(simple.line, path, NoteKind::Deprecated("LEAST_REQUEST")),
                Some("PASSTHROUGH" | "UNSPECIFIED") => notes.add(simple.line, path, NoteKind::NotModelled),
                _ if rule.policy.is_none() => notes.add(simple.line, path, NoteKind::BadValue),
                _ => {}
            }
        }
        balancer.finish(&["consistentHash", "localityLbSetting", "warmup", "warmupDurationSecs"], notes);
    }
    if let Some(mut pool) = policy.fields("connectionPool", notes) {
        if let Some(tcp) = pool.fields("tcp", notes) {
            tcp.finish(
                &["maxConnections", "connectTimeout", "tcpKeepalive", "maxConnectionDuration", "idleTimeout"],
                notes,
            );
        }
        if let Some(http) = pool.fields("http", notes) {
            http_pool(http, rule, notes);
        }
        pool.finish(&[], notes);
    }
    if let Some(outliers) = policy.fields("outlierDetection", notes) {
        outliers.finish(
            &[OUTLIER_FIELDS, &["splitExternalLocalOriginErrors", "consecutiveLocalOriginFailures"]].concat(),
            notes,
        );
    }
    policy.finish(&["tls", "portLevelSettings", "tunnel", "proxyProtocol", "retryBudget"], notes);
}

fn http_pool(mut http: Fields<'_>, rule: &mut Rule, notes: &mut Notes) {
    let path = http.path_of("http1MaxPendingRequests");
    if let Some(pending) = http.take("http1MaxPendingRequests") {
        rule.queue = pending.text().and_then(|text| text.parse().ok());
        let kind = if rule.queue.is_some() { NoteKind::PerRoom } else { NoteKind::BadValue };
        notes.add(pending.line, path, kind);
    }
    let known = [
        "http2MaxRequests",
        "maxRequestsPerConnection",
        "maxRetries",
        "idleTimeout",
        "h2UpgradePolicy",
        "useClientProtocol",
        "maxConcurrentStreams",
        "http2KeepAlive",
    ];
    http.finish_with(notes, |name| match name {
        name if OUTLIER_FIELDS.contains(&name) => NoteKind::Misplaced(OUTLIERS),
        name if known.contains(&name) => NoteKind::NotModelled,
        _ => NoteKind::NotUnderstood,
    });
}

fn policy_of(simple: &str) -> Option<Policy> {
    match simple {
        "ROUND_ROBIN" => Some(Policy::RoundRobin),
        "LEAST_REQUEST" | "LEAST_CONN" => Some(Policy::LeastRequest),
        "RANDOM" => Some(Policy::Random),
        _ => None,
    }
}

fn authorization(mut spec: Fields<'_>, found: &mut Found, notes: &mut Notes) {
    let mut app = None;
    if let Some(mut selector) = spec.fields("selector", notes) {
        if let Some(mut labels) = selector.fields("matchLabels", notes) {
            app = labels.take("app").and_then(|node| Some((node.text()?.to_owned(), node.line)));
            labels.finish(&[], notes);
        }
        selector.finish(&[], notes);
    }
    let path = spec.path_of("action");
    if let Some(action) = spec.take("action").filter(|action| action.text() != Some("ALLOW")) {
        notes.add(action.line, path, NoteKind::NotModelled);
        // What is denied or left to others says nothing about who calls.
        app = None;
    }
    let to = app.and_then(|(app, line)| found.service(&app, line).map(|service| service.name.clone()));
    for (_, mut rule) in spec.list("rules", notes) {
        for (_, mut from) in rule.list("from", notes) {
            if let Some(source) = from.fields("source", notes) {
                callers(source, to.as_deref(), found, notes);
            }
            from.finish(&[], notes);
        }
        for (_, mut operation) in rule.list("to", notes) {
            if let Some(operation) = operation.fields("operation", notes) {
                let known = ["methods", "notMethods", "paths", "notPaths", "hosts", "notHosts", "ports", "notPorts"];
                operation.finish(&known, notes);
            }
            operation.finish(&[], notes);
        }
        rule.finish(&["when"], notes);
    }
    spec.finish(&["provider", "targetRef", "targetRefs"], notes);
}

/// Who may call is who does, as far as one can tell.
fn callers(mut source: Fields<'_>, to: Option<&str>, found: &mut Found, notes: &mut Notes) {
    let path = source.path_of("principals");
    for principal in source.take("principals").map(Node::items).unwrap_or_default() {
        let account = principal.text().and_then(|text| text.split_once("/sa/")).map(|(_, account)| account);
        let account = account.filter(|account| !account.is_empty() && !account.contains('*'));
        match (account, to) {
            (Some(from), Some(to)) if from != to => {
                found.dependencies.push(Dependency { from: from.into(), to: to.into(), line: principal.line });
            }
            (Some(_), Some(_)) => {}
            _ => notes.add(principal.line, path.clone(), NoteKind::NotModelled),
        }
    }
    let known = [
        "notPrincipals",
        "requestPrincipals",
        "notRequestPrincipals",
        "namespaces",
        "notNamespaces",
        "ipBlocks",
        "notIpBlocks",
        "remoteIpBlocks",
        "notRemoteIpBlocks",
        "serviceAccounts",
        "notServiceAccounts",
    ];
    source.finish(&known, notes);
}
