//! Charts of the run: how long answers took, and how many requests were served, by windows of simulated time.
//!
//! Their places are nodes like all others; `egui_plot` draws into them.

mod legend;

use super::Sources;
use super::scroll::View;
use crate::Screen;
use crate::immediate::colour;
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::Layout;
use crate::ui::settings::closed;
use crate::ui::signs::{Sign, signs};
use crate::ui::widgets::{column, panel, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use egui_plot::{
    GridInput, GridMark, HLine, Line, LineStyle, Plot, PlotPoint, PlotPoints, PlotUi, Points, Polygon,
    Text as PlotText, VLine,
};
use pipe_maze_level::timeline::{Series, Window as SeriesWindow};
use pipe_maze_level::{Objective, Timeline};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(EguiPrimaryContextPass, draw.run_if(in_state(Screen::Debrief).and_then(closed)));
}

/// Height of a chart where the debrief scrolls, in interface pixels.
const HEIGHT: f32 = 190.0;
/// Letters of the axes, in interface pixels.
const LETTERS: f32 = 11.0;
/// The latency axis begins there at the highest, in milliseconds.
const FLOOR_MS: f64 = 10.0;
/// Rates on the axis at most, so that labels do not touch.
const RATES_MAX: f64 = 4.0;

/// How strong the area of what was wasted is.
const WASTED: f32 = 0.42;

/// A chart.
#[derive(Component, Clone, Copy, PartialEq, Eq, Debug)]
enum Chart {
    Latency,
    Requests,
}

/// Both charts.
pub(super) fn panels(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    slot(parent, sources, Chart::Latency, "chart-latency");
    slot(parent, sources, Chart::Requests, "chart-requests");
}

fn slot(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, chart: Chart, key: &str) {
    let Sources { kit, .. } = sources;
    let node = Node {
        flex_grow: 1.0,
        flex_basis: if sources.layout.wide { Val::Px(0.0) } else { Val::Auto },
        min_height: Val::Px(if sources.roomy { 120.0 } else { HEIGHT }),
        padding: UiRect::new(Val::Px(14.0), Val::Px(14.0), Val::Px(8.0), Val::Px(6.0)),
        ..column(4.0)
    };
    // Nothing shines through what is read.
    parent.spawn(panel(node)).insert(BackgroundColor(palette::ink())).with_children(|card| {
        let head = Node { justify_content: JustifyContent::SpaceBetween, flex_wrap: FlexWrap::Wrap, ..row(10.0) };
        card.spawn(head).with_children(|head| {
            head.spawn((kit.title(kit.texts.get(key), 16.0, palette::bone()), TextLayout::no_wrap()));
            let wrap = Node { flex_wrap: FlexWrap::Wrap, row_gap: Val::Px(1.0), ..row(10.0) };
            head.spawn(wrap).with_children(|line| legend::fill(line, sources, chart));
        });
        card.spawn((chart, Node { flex_grow: 1.0, ..default() }));
    });
}

/// A percentile: its name, its share, its figure in a window, and how its line looks.
struct LatencyLine {
    name: &'static str,
    share: f64,
    figure: fn(&SeriesWindow) -> Option<u64>,
    shade: fn() -> Color,
    width: f32,
    dotted: bool,
}

/// What the latency chart draws.
const LATENCY_LINES: [LatencyLine; 3] = [
    LatencyLine { name: "p50", share: 0.5, figure: |w| w.p50_ns, shade: palette::browse, width: 1.5, dotted: false },
    LatencyLine {
        name: "p95",
        share: 0.95,
        figure: |w| w.p95_ns,
        shade: palette::periwinkle,
        width: 1.5,
        dotted: true,
    },
    LatencyLine { name: "p99", share: 0.99, figure: |w| w.p99_ns, shade: palette::bone, width: 2.6, dotted: false },
];

fn draw(
    mut contexts: EguiContexts<'_, '_>,
    (session, texts, layout): (Option<Res<Session>>, Res<Texts>, Res<Layout>),
    window: Single<&Window, With<PrimaryWindow>>,
    charts: Query<(&Chart, &ComputedNode, &UiGlobalTransform)>,
    views: Query<(&ComputedNode, &UiGlobalTransform), With<View>>,
) -> Result {
    let Some(session) = session else { return Ok(()) };
    let Some(timeline) = session.timeline() else { return Ok(()) };
    let Some(series) = recorded(timeline) else { return Ok(()) };
    let context = contexts.ctx_mut()?;
    let points = 1.0 / window.scale_factor();
    for (chart, node, transform) in &charts {
        let size = node.size() * points;
        if size.x < 40.0 || size.y < 40.0 {
            continue;
        }
        let corner = (transform.translation - node.size() * 0.5) * points;
        let area = egui::Area::new(egui::Id::new(("chart", *chart as u8))).order(egui::Order::Background);
        // At once: the game draws a frame only where something has changed, so it would never end to fade in.
        let area = area.constrain(false).fade_in(false);
        // Where the debrief scrolls, nothing is drawn beyond its view.
        let seen = views.single().ok().map(|(node, transform)| {
            let (middle, size) = (transform.translation * points, node.size() * points);
            egui::Rect::from_center_size(egui::pos2(middle.x, middle.y), egui::vec2(size.x, size.y))
        });
        area.fixed_pos(egui::pos2(corner.x, corner.y)).interactable(false).show(context, |ui| {
            if let Some(seen) = seen {
                ui.set_clip_rect(seen);
            }
            dress(ui, LETTERS * layout.scale);
            // The last answers come after the flow: they are of its last window, which is drawn to its end alone.
            let end_s = timeline.play().flow_ends_at().as_ns() as f64 / 1e9;
            let plot = bare((*chart as u8, timeline.current().number()), size, end_s, &texts);
            match chart {
                Chart::Latency => latency(plot, &series, &session).show(ui, |plot| {
                    plot.set_plot_bounds_x(0.0..=end_s);
                    marks(plot, &session);
                    latency_lines(plot, &series, &session, &texts);
                }),
                Chart::Requests => requests(plot, &series).show(ui, |plot| {
                    plot.set_plot_bounds_x(0.0..=end_s);
                    marks(plot, &session);
                    request_lines(plot, &series);
                }),
            };
        });
    }
    Ok(())
}

/// What was recorded of the branch that is shown, while the water flowed: after the last request only answers come.
fn recorded(timeline: &Timeline) -> Option<Series> {
    let mut series = timeline.series(timeline.current())?;
    series.windows.retain(|window| window.start < timeline.play().flow_ends_at());
    Some(series)
}

fn dress(ui: &mut egui::Ui, letters: f32) {
    let font = egui::FontId::proportional(letters);
    let style = ui.style_mut();
    style.text_styles.values_mut().for_each(|each| *each = font.clone());
    style.visuals.override_text_color = Some(colour(palette::periwinkle()));
    style.visuals.extreme_bg_color = egui::Color32::TRANSPARENT;
}

/// A plot of that size that nobody can move: time along, from the start of the run to its end.
fn bare<'a>(id: (u8, u32), size: Vec2, end_s: f64, texts: &'a Texts) -> Plot<'a> {
    let seconds = move |mark: GridMark, _: &std::ops::RangeInclusive<f64>| {
        texts.with("chart-s", &[("s", format!("{:.0}", mark.value).into())])
    };
    Plot::new(id)
        .width(size.x)
        .height(size.y)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show_x(false)
        .show_y(false)
        .show_background(false)
        .set_margin_fraction(egui::vec2(0.0, 0.06))
        .grid_color(colour(palette::ink_line()))
        .include_x(0.0)
        .include_x(end_s)
        .x_axis_formatter(seconds)
}

fn latency<'a>(plot: Plot<'a>, series: &Series, session: &Session) -> Plot<'a> {
    let (least, most) = range_ms(series, session);
    let decades = move |input: GridInput| {
        let steps = (least.log10().floor() as i32..=most.log10().ceil() as i32).flat_map(|power| {
            [(1.0, 1.0), (3.0, 0.5)].map(|(times, step_size)| {
                let ms = times * 10_f64.powi(power);
                GridMark { value: ms.log10(), step_size }
            })
        });
        steps.filter(|mark| is_within(mark, &input)).collect()
    };
    plot.include_y(least.log10())
        .include_y(most.log10())
        .y_grid_spacer(decades)
        .y_axis_formatter(|mark, _| format!("{:.0}", 10_f64.powf(mark.value)))
}

/// The smallest and the largest latency that must be seen, in milliseconds.
fn range_ms(series: &Series, session: &Session) -> (f64, f64) {
    let figures = LATENCY_LINES.iter().flat_map(|line| series.windows.iter().filter_map(|each| (line.figure)(each)));
    let figures = figures.map(|ns| ns as f64 / 1e6).chain(bound_ms(session));
    let (least, most) =
        figures.fold((FLOOR_MS * 10.0, FLOOR_MS * 10.0), |(least, most), ms| (ms.min(least), ms.max(most)));
    (least.max(0.1), most)
}

/// What answers may take at most, in milliseconds.
fn bound_ms(session: &Session) -> Option<f64> {
    let objectives = &session.level().objectives;
    let p99 = objectives.iter().find_map(|each| match *each {
        Objective::P99 { at_most_ms } => Some(at_most_ms),
        _ => None,
    });
    p99.or_else(|| {
        objectives.iter().find_map(|each| match *each {
            Objective::GoodShare { within_ms, .. } | Objective::Break { within_ms, .. } => Some(within_ms),
            _ => None,
        })
    })
}

fn latency_lines(plot: &mut PlotUi<'_>, series: &Series, session: &Session, texts: &Texts) {
    if let Some(ms) = bound_ms(session) {
        let style = LineStyle::Dashed { length: 7.0 };
        plot.hline(HLine::new("bound", ms.log10()).color(colour(palette::strain())).width(1.5).style(style));
    }
    for LatencyLine { figure, shade, width, dotted, .. } in LATENCY_LINES {
        let points = line(series, |window| figure(window).map(|ns| (ns as f64 / 1e6).max(0.1).log10()));
        let style = if dotted { LineStyle::Dotted { spacing: 5.0 } } else { LineStyle::Solid };
        plot.line(Line::new("latency", points).color(colour(shade())).width(width).style(style));
    }
    if series.windows.iter().all(|window| window.p50_ns.is_none()) {
        let words = egui::RichText::new(texts.get("chart-no-answers")).color(colour(palette::periwinkle()));
        let (least, most) = (plot.plot_bounds().min(), plot.plot_bounds().max());
        let middle = PlotPoint::new((least[0] + most[0]) * 0.5, (least[1] + most[1]) * 0.5);
        plot.text(PlotText::new("none", middle, words));
    }
    if let Some((window, ns)) = worst(series) {
        let at = [middle_s(window), (ns as f64 / 1e6).max(0.1).log10()];
        plot.points(Points::new("worst", vec![at]).color(colour(palette::failed_on_ink())).radius(4.0));
    }
}

/// The window with the worst p99, and that.
fn worst(series: &Series) -> Option<(&SeriesWindow, u64)> {
    let answered = series.windows.iter().filter_map(|window| Some((&**window, window.p99_ns?)));
    answered.max_by_key(|(_, ns)| *ns)
}

/// Tries beyond the first.
fn wasted(series: &Series) -> u64 {
    series.windows.iter().map(|window| window.retried).sum()
}

/// What tries beyond the first added to what was asked for: load that served nobody more.
fn wasted_area(plot: &mut PlotUi<'_>, series: &Series) {
    let shade = palette::failed();
    for window in series.windows.iter().filter(|window| window.retried > 0 && window.end > window.start) {
        let (from, to) = (window.start.as_ns() as f64 / 1e9, window.end.as_ns() as f64 / 1e9);
        let (low, high) = (per_s(window.offered, window), per_s(window.offered + window.retried, window));
        let area = vec![[from, low], [from, high], [to, high], [to, low]];
        let fill = colour(shade.with_alpha(WASTED));
        plot.polygon(Polygon::new("wasted", area).fill_color(fill).stroke(egui::Stroke::NONE));
    }
}

fn requests<'a>(plot: Plot<'a>, series: &Series) -> Plot<'a> {
    let most = series.windows.iter().map(|each| per_s((each.offered + each.retried).max(ended(each)), each));
    let most = most.fold(1.0, f64::max);
    let step = nice(most / RATES_MAX);
    let marks = move |input: GridInput| {
        let steps = (0..=RATES_MAX as i32 + 1).map(|i| GridMark { value: f64::from(i) * step, step_size: step });
        steps.filter(|mark| is_within(mark, &input)).collect()
    };
    plot.include_y(0.0).include_y(most).y_grid_spacer(marks).y_axis_formatter(|mark, _| format!("{:.0}", mark.value))
}

fn request_lines(plot: &mut PlotUi<'_>, series: &Series) {
    wasted_area(plot, series);
    let drawn = |figure: fn(&SeriesWindow) -> u64| line(series, move |window| Some(per_s(figure(window), window)));
    let good = Line::new("good", drawn(|window| window.good));
    plot.line(good.color(colour(palette::ok())).width(2.4).fill(0.0).fill_alpha(0.16));
    let late = Line::new("late", drawn(|window| window.late));
    plot.line(late.color(colour(palette::strain())).width(1.8).fill(0.0).fill_alpha(0.14));
    let failed = Line::new("failed", drawn(|window| window.failed));
    plot.line(failed.color(colour(palette::failed_on_ink())).width(1.8).fill(0.0).fill_alpha(0.14));
    plot.line(Line::new("offered", drawn(|window| window.offered)).color(colour(palette::periwinkle())).width(1.5));
}

/// What the player did, and what struck and failed, as upright lines.
fn marks(plot: &mut PlotUi<'_>, session: &Session) {
    let Some(timeline) = session.timeline() else { return };
    let end_s = timeline.play().flow_ends_at().as_ns() as f64 / 1e9;
    for (at, sign) in signs(timeline) {
        let shade = match sign {
            Sign::Order | Sign::Change => palette::gold(),
            Sign::Failure => palette::failed(),
            Sign::Warning => palette::strain(),
            Sign::Well => palette::ok(),
        };
        let style = LineStyle::Dotted { spacing: 4.0 };
        plot.vline(VLine::new("mark", at * end_s).color(colour(shade.with_alpha(0.6))).width(1.4).style(style));
    }
}

/// What lies outside is labelled all the same, on top of whatever is there.
fn is_within(mark: &GridMark, input: &GridInput) -> bool {
    (input.bounds.0..=input.bounds.1).contains(&mark.value)
}

/// A line through a figure at the middle of each window that has it.
fn line(series: &Series, figure: impl Fn(&SeriesWindow) -> Option<f64>) -> PlotPoints<'static> {
    let windows = series.windows.iter().filter(|window| window.end > window.start);
    windows.filter_map(|window| Some([middle_s(window), figure(window)?])).collect()
}

fn middle_s(window: &SeriesWindow) -> f64 {
    (window.start.as_ns() + window.end.as_ns()) as f64 / 2e9
}

fn per_s(count: u64, window: &SeriesWindow) -> f64 {
    count as f64 * 1e9 / window.end.since_ns(window.start).max(1) as f64
}

fn ended(window: &SeriesWindow) -> u64 {
    window.good + window.late + window.failed
}

/// The next of 1, 2, 5, 10, 20, 50 and so on.
fn nice(step: f64) -> f64 {
    let power = 10_f64.powf(step.max(1e-3).log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|nice| *nice >= step).unwrap_or(step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn steps_are_round_numbers() {
        assert_eq!([0.7, 1.0, 14.0, 23.0, 51.0].map(nice), [1.0, 1.0, 20.0, 50.0, 100.0]);
    }

    #[test]
    fn the_lines_hold_what_the_run_did() {
        let mut session = flowing();
        session.advance_ns(60_000_000_000);
        let timeline = session.timeline().unwrap();
        let series = timeline.series(timeline.current()).unwrap();
        let offered: f64 = series
            .windows
            .iter()
            .map(|each| per_s(each.offered, each) * each.end.since_ns(each.start) as f64 / 1e9)
            .sum();
        assert!((offered - timeline.play().report().issued as f64).abs() < 1e-6);
        let (least, most) = range_ms(&series, &session);
        assert!(least > 0.0 && most >= 400.0, "the bound is seen: {least} {most}");
        let (window, ns) = worst(&series).unwrap();
        assert!(window.p99_ns == Some(ns) && series.windows.iter().all(|each| each.p99_ns <= Some(ns)));
    }
}
