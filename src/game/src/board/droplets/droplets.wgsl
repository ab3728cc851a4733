// Droplets and currents: where each message is at this moment, and what it looks like.
//
// A vertex knows its instance (two attributes of four words), the frame (a uniform) and the routes (a texture of
// integers): all of it within WebGL2. `instance.rs` says what the words are, `routes.rs` what a texel is.

#import bevy_sprite::mesh2d_view_bindings::view

struct Frame {
    // The run's present time: low word, high word.
    now: vec4<u32>,
    // Breathing of the glow, drift of the currents in world units, strength of the glow, ages from which rings show.
    style: vec4<f32>,
    colours: array<vec4<f32>, 12>,
}

@group(1) @binding(0) var<uniform> frame: Frame;
@group(1) @binding(1) var routes: texture_2d<u32>;

const INK: u32 = 3u;
const WHITE: u32 = 4u;
const RING: u32 = 5u;
const RING_TRACK: u32 = 6u;
const FAILED_FILL: u32 = 7u;
const FAILED_LINE: u32 = 8u;
const CURRENT_COLOUR: u32 = 9u;
const CURRENT_FAILED: u32 = 10u;
const SAMPLE_COLOUR: u32 = 11u;

const BACKWARD: u32 = 4u;
const RESPONSE: u32 = 8u;
const ERROR: u32 = 16u;
const ABANDONED: u32 = 32u;
const AGAIN: u32 = 64u;
const SAMPLE: u32 = 128u;
const CURRENT: u32 = 256u;

const UNDER: u32 = 0x10000000u;

const CELL: f32 = 40.0;
// Half the width of the pipe that a bridge carries: what passes under it is hidden there.
const BRIDGE: f32 = 14.5;
// Nowhere near a bridge.
const OPEN: f32 = 1000.0;
const TEXTURE_WIDTH: u32 = 256u;
// How far from the middle of the pipe each direction keeps to its right.
const LANE: f32 = 3.0;
// World units of one unit of the drawings in `assets/src/droplets.svg`.
const DRAWN: f32 = 0.906;
// Half the side of a droplet's square, in units of the drawings.
const REACH: f32 = 19.0;
// The same of one that neither glows nor has anything around its outline: a little beyond the ink of every class.
const REACH_BARE: f32 = 12.0;
const HALF_PI: f32 = 1.5707964;
// From head to head of the streaks of a current, in world units.
const STREAK: f32 = 40.0;

struct Vertex {
    @builtin(vertex_index) corner: u32,
    // Route, state, start: low and high word.
    @location(0) what: vec4<u32>,
    // Travel, wait, age, timeout: floats, in nanoseconds.
    @location(1) times: vec4<u32>,
}

struct Fragment {
    @builtin(position) clip: vec4<f32>,
    // From the droplet's middle in units of its drawing; in a current, from the cell's middle in world units.
    @location(0) local: vec2<f32>,
    // Age as a share of the timeout; place of the cell in its route.
    @location(1) @interpolate(flat) measure: vec2<f32>,
    // State; levels of a current; sides of its cell.
    @location(2) @interpolate(flat) look: vec3<u32>,
    // How far to the right of the middle of the bridge above it.
    @location(3) beneath: f32,
}

// Nanoseconds from `then` to now, below zero where it lies ahead. Whole numbers are subtracted, then become a float.
fn since_ns(then: vec2<u32>) -> f32 {
    var low = frame.now.x - then.x;
    var high = frame.now.y - then.y - select(0u, 1u, frame.now.x < then.x);
    if (high & 0x80000000u) == 0u {
        return f32(high) * 4294967296.0 + f32(low);
    }
    low = ~low + 1u;
    high = ~high + select(0u, 1u, low == 0u);
    return -(f32(high) * 4294967296.0 + f32(low));
}

fn texel(index: u32) -> u32 {
    return textureLoad(routes, vec2<i32>(i32(index % TEXTURE_WIDTH), i32(index / TEXTURE_WIDTH)), 0).r;
}

fn centre(word: u32) -> vec2<f32> {
    return vec2<f32>(f32(word & 0xFFFu) + 0.5, -(f32((word >> 12u) & 0xFFFu) + 0.5)) * CELL;
}

// North, east, south, west.
fn unit(side: u32) -> vec2<f32> {
    let along = 1.0 - f32(side & 2u);
    return select(vec2<f32>(0.0, along), vec2<f32>(along, 0.0), (side & 1u) == 1u);
}

// The point within a cell, from its centre in cells, at that share of the way from side `a` to side `b`.
fn within(a: vec2<f32>, b: vec2<f32>, share: f32) -> vec2<f32> {
    if dot(a, b) != 0.0 {
        return a * 0.5 + (b - a) * 0.5 * share;
    }
    let angle = share * HALF_PI;
    return (a + b) * 0.5 - b * 0.5 * cos(angle) - a * 0.5 * sin(angle);
}

// To the left of a direction.
fn left(heading: vec2<f32>) -> vec2<f32> {
    return vec2<f32>(-heading.y, heading.x);
}

// Where a message is that has come that share of its way.
fn along_route(route: u32, share: f32, backward: bool) -> vec2<f32> {
    let cells = route & 0xFFFu;
    let distance = select(share, 1.0 - share, backward) * f32(cells);
    let i = min(u32(distance), cells - 1u);
    let word = texel((route >> 12u) + i);
    let a = unit((word >> 24u) & 3u);
    let b = unit((word >> 26u) & 3u);
    let inside = distance - f32(i);
    let heading = normalize(mix(-a, b, inside));
    return centre(word) + within(a, b, inside) * CELL - left(heading) * select(LANE, -LANE, backward);
}

// How far a point of a message is to the right of the bridge that it passes under, or is about to, or has just.
fn beneath(route: u32, share: f32, backward: bool, x: f32) -> f32 {
    let cells = route & 0xFFFu;
    let here = min(u32(select(share, 1.0 - share, backward) * f32(cells)), cells - 1u);
    var nearest = OPEN;
    for (var i = max(here, 1u) - 1u; i < min(here + 2u, cells); i++) {
        let word = texel((route >> 12u) + i);
        let aside = x - centre(word).x;
        if (word & UNDER) != 0u && abs(aside) < abs(nearest) {
            nearest = aside;
        }
    }
    return nearest;
}

// Those that wait stand in front of the pipe, the nearer to its mouth the sooner it is their turn.
fn waiting_place(route: u32, backward: bool, ahead: f32, seed: f32) -> vec2<f32> {
    let last = (route >> 12u) + (route & 0xFFFu) - 1u;
    let word = texel(select(route >> 12u, last, backward));
    let outwards = unit(select(word >> 24u, word >> 26u, backward) & 3u);
    let back = 13.0 * (1.0 - exp(-4.0 * ahead));
    return outwards * back + left(outwards) * (seed - 0.5) * min(back, 8.0) * 1.6;
}

@vertex
fn vertex(in: Vertex) -> Fragment {
    var out: Fragment;
    out.clip = vec4<f32>(0.0, 0.0, 0.0, 1.0);
    out.local = vec2<f32>(0.0);
    out.measure = vec2<f32>(0.0);
    out.look = vec3<u32>(in.what.y, in.times.x, 0u);
    out.beneath = OPEN;
    let route = in.what.x;
    if (route & 0xFFFu) == 0u {
        return out;
    }
    let square = vec2<f32>(f32(in.corner & 1u), f32(in.corner >> 1u)) * 2.0 - 1.0;
    if (in.what.y & CURRENT) != 0u {
        let word = texel(route >> 12u);
        out.local = square * CELL * 0.5;
        out.measure.x = f32(in.what.z);
        out.look.z = word >> 24u;
        if (word & UNDER) != 0u {
            out.beneath = out.local.x;
        }
        out.clip = view.clip_from_world * vec4<f32>(centre(word) + out.local, 0.0, 1.0);
        return out;
    }
    let since_start = since_ns(in.what.zw);
    let travel = max(bitcast<f32>(in.times.x), 1.0);
    if since_start < -bitcast<f32>(in.times.y) || since_start > travel {
        return out;
    }
    let backward = (in.what.y & BACKWARD) != 0u;
    let share = clamp(since_start / travel, 0.0, 1.0);
    var point = along_route(route, share, backward);
    let aside = beneath(route, share, backward, point.x);
    var size = select(1.0, 0.74, (in.what.y & RESPONSE) != 0u);
    if since_start < 0.0 {
        let seed = f32((in.what.y >> 16u) & 15u) / 15.0;
        point += waiting_place(route, backward, -since_start / travel, seed);
        size *= 0.8;
    }
    let timeout = bitcast<f32>(in.times.w);
    // A sample is slower than its message was: it shows how old that was when it set out.
    let aged = bitcast<f32>(in.times.z) + select(since_start, 0.0, (in.what.y & SAMPLE) != 0u);
    out.measure.x = select(0.0, aged / timeout, timeout > 0.0);
    // Where droplets are many, most of what is drawn is their squares.
    let plain = (in.what.y & (ERROR | ABANDONED | AGAIN | SAMPLE)) == 0u && out.measure.x <= frame.style.w;
    out.local = square * select(REACH, REACH_BARE, plain && frame.style.z == 0.0);
    if aside != OPEN {
        out.beneath = aside + out.local.x * DRAWN * size;
    }
    out.clip = view.clip_from_world * vec4<f32>(point + out.local * DRAWN * size, 0.0, 1.0);
    return out;
}

// How much of a pixel lies within an outline at that distance; below zero is within.
fn cover(distance: f32, pixel: f32) -> f32 {
    return clamp(0.5 - distance / pixel, 0.0, 1.0);
}

// How much of a pixel lies on a line of that width along an outline.
fn stroke(distance: f32, width: f32, pixel: f32) -> f32 {
    return cover(abs(distance) - width * 0.5, pixel);
}

fn over(below: vec4<f32>, colour: vec3<f32>, share: f32) -> vec4<f32> {
    return below * (1.0 - share) + vec4<f32>(colour, 1.0) * share;
}

fn to_segment(p: vec2<f32>, a: vec2<f32>, b: vec2<f32>) -> f32 {
    let along = clamp(dot(p - a, b - a) / dot(b - a, b - a), 0.0, 1.0);
    return distance(p, a + (b - a) * along);
}

// To the outline of a class: circle, diamond, triangle.
fn to_class(p: vec2<f32>, class_: u32) -> f32 {
    if class_ == 0u {
        return length(p) - 8.0;
    }
    if class_ == 1u {
        let q = abs(vec2<f32>(p.x + p.y, p.x - p.y)) * 0.70710677 - 6.0811;
        return length(max(q, vec2<f32>(0.0))) + min(max(q.x, q.y), 0.0);
    }
    let a = vec2<f32>(0.0, 8.0);
    let b = vec2<f32>(8.0, -6.0);
    let c = vec2<f32>(-8.0, -6.0);
    let edge = min(to_segment(p, a, b), min(to_segment(p, b, c), to_segment(p, c, a)));
    let inside = p.y > -6.0 && abs(p.x) < (8.0 - p.y) * 0.5714286;
    return select(edge, -edge, inside);
}

fn colour(index: u32) -> vec3<f32> {
    return frame.colours[index].rgb;
}

// What is left of a client's patience: an amber ring that drains from the top.
fn ring(below: vec4<f32>, p: vec2<f32>, age: f32, pixel: f32) -> vec4<f32> {
    let shown = smoothstep(frame.style.w, frame.style.w + 0.1, age);
    let band = length(p) - 14.4;
    let turn = fract(atan2(p.x, p.y) / (4.0 * HALF_PI) + 1.0);
    var out = over(below, colour(INK), stroke(band, 5.0, pixel) * shown);
    out = over(out, colour(RING_TRACK), stroke(band, 2.8, pixel) * shown);
    let arc = clamp(0.5 + (1.0 - age - turn) * 90.0 / pixel, 0.0, 1.0);
    return over(out, colour(RING), stroke(band, 2.8, pixel) * arc * shown);
}

fn droplet(p: vec2<f32>, state: u32, age: f32, pixel: f32) -> vec4<f32> {
    let class_ = min(state & 3u, 2u);
    let d = to_class(p, class_);
    // How far ink, fill and core reach beyond the outline, as in the drawings.
    var reach = vec3<f32>(0.6, -1.0, -4.8);
    if class_ == 1u {
        reach = vec3<f32>(2.0, 0.24, -3.68);
    } else if class_ == 2u {
        reach = vec3<f32>(2.3, 0.1, -2.6);
    }
    let failed = (state & (ERROR | ABANDONED)) != 0u;
    let own = select(colour(class_), colour(FAILED_LINE), failed);
    let near = max(1.0 - length(p) / (REACH * (0.96 + frame.style.x)), 0.0);
    var out = vec4<f32>(own, 0.4) * near * near * frame.style.z * 0.4;
    if age > frame.style.w && age < 1.0 && !failed {
        out = ring(out, p, age, pixel);
    }
    if (state & AGAIN) != 0u {
        out = over(out, colour(INK), stroke(d - reach.x - 1.2, 3.6, pixel));
        out = over(out, own, stroke(d - reach.x - 1.2, 1.3, pixel));
    }
    if (state & SAMPLE) != 0u {
        let dash = cover(abs(fract(atan2(p.x, p.y) / HALF_PI * 2.0) - 0.5) * 12.0 - 3.2, pixel);
        out = over(out, colour(SAMPLE_COLOUR), stroke(d - reach.x - 1.8, 1.4, pixel) * dash);
    }
    // Most of the square lies outside: only glow, and what is around the outline.
    if d > select(reach.x, 3.0, failed) + pixel {
        return out;
    }
    if failed {
        out = over(out, colour(INK), cover(d - 3.0, pixel));
        out = over(out, colour(FAILED_FILL), cover(d, pixel));
        out = over(out, own, stroke(d, 2.4, pixel));
        let q = abs(p + vec2<f32>(0.0, 0.2));
        return over(out, colour(WHITE), cover(to_segment(q, vec2<f32>(0.0), vec2<f32>(2.6)) - 1.0, pixel));
    }
    out = over(out, colour(INK), cover(d - reach.x, pixel));
    if (state & RESPONSE) != 0u {
        // An answer is pale, with a rim of its class.
        out = over(out, own, cover(d - reach.y, pixel));
        return over(out, mix(own, colour(WHITE), 0.72), cover(d - reach.y + 2.6, pixel));
    }
    out = over(out, own, cover(d - reach.y, pixel));
    return over(out, colour(WHITE), cover(d - reach.z, pixel));
}

// One direction of a current: streaks of light that drift where it goes, each with a bright head and a fading tail. The
// stronger it is, the longer they are, until each begins where the one ahead of it ends.
fn streaks(below: vec4<f32>, beside: f32, distance: f32, level: f32, failing: f32, pixel: f32) -> vec4<f32> {
    let along = fract(distance / STREAK);
    let tail = 0.25 + 0.75 * level;
    let bright = clamp((along - 1.0 + tail) / tail, 0.0, 1.0);
    let width = 0.9 + 1.5 * bright;
    let share = cover(abs(beside) - width, max(pixel, 1.2)) * bright * bright * min(level * 1.6, 1.0);
    let tint = mix(colour(CURRENT_COLOUR), colour(CURRENT_FAILED), failing);
    return over(below, tint, share * 0.62);
}

fn current(p: vec2<f32>, levels: u32, sides: u32, place: f32, pixel: f32) -> vec4<f32> {
    let a = unit(sides & 3u);
    let b = unit((sides >> 2u) & 3u);
    var share = 0.5 + dot(p / CELL, (b - a) * 0.5);
    if dot(a, b) == 0.0 {
        let q = p / CELL - (a + b) * 0.5;
        share = atan2(dot(q, -a), dot(q, -b)) / HALF_PI;
    }
    if share < 0.0 || share > 1.0 {
        return vec4<f32>(0.0);
    }
    let heading = normalize(mix(-a, b, share));
    let beside = dot(p - within(a, b, share) * CELL, left(heading));
    let distance = (place + share) * CELL;
    let level = vec4<f32>((vec4<u32>(levels) >> vec4<u32>(0u, 8u, 16u, 24u)) & vec4<u32>(255u)) / 255.0;
    let drift = frame.style.y;
    let forth = streaks(vec4<f32>(0.0), beside + LANE, distance - drift, level.x, level.z, pixel);
    return streaks(forth, beside - LANE, -distance - drift, level.y, level.w, pixel);
}

@fragment
fn fragment(in: Fragment) -> @location(0) vec4<f32> {
    let pixel = max(max(fwidth(in.local.x), fwidth(in.local.y)), 0.0001);
    if abs(in.beneath) < BRIDGE {
        return vec4<f32>(0.0);
    }
    if (in.look.x & CURRENT) != 0u {
        return current(in.local, in.look.y, in.look.z, in.measure.x, pixel);
    }
    return droplet(in.local, in.look.x, in.measure.x, pixel);
}
