// Rock and tunnels, and the light of all pieces on them.
//
// Light is worked out where the net of the ground has its knots, half a cell apart, and runs evenly between: it costs a
// pixel hardly anything, however many lights there are.

#import bevy_sprite::mesh2d_functions::{get_world_from_local, mesh2d_position_local_to_world, mesh2d_position_world_to_clip}

struct Glow {
    // Where it is in the world, and one over its reach.
    place: vec4<f32>,
    // Linear; its alpha says how bright it is.
    colour: vec4<f32>,
}

struct Glows {
    // How many there are, in the first.
    count: vec4<u32>,
    all: array<Glow, 64>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> glows: Glows;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var rock: texture_2d<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(2) var rock_sampler: sampler;

struct Knot {
    @builtin(instance_index) instance: u32,
    @location(0) position: vec3<f32>,
    @location(1) normal: vec3<f32>,
    @location(2) uv: vec2<f32>,
}

struct Seen {
    @builtin(position) clip: vec4<f32>,
    @location(0) uv: vec2<f32>,
    // All light together, weighted by how much of the rock it covers.
    @location(1) light: vec4<f32>,
}

// By the distance as a share of the reach, as the picture `glow` of the atlas has it: along three straight lines. Each is
// steeper than those further out, so that the highest of them is the one that counts.
fn brightness(away: f32) -> f32 {
    let core = 0.75 - away * (0.43 / 0.35);
    let body = 0.56 - away * (0.24 / 0.35);
    let rim = (1.0 - away) * (0.08 / 0.3);
    return max(max(core, body), max(rim, 0.0));
}

@vertex
fn vertex(knot: Knot) -> Seen {
    let world = mesh2d_position_local_to_world(get_world_from_local(knot.instance), vec4<f32>(knot.position, 1.0));
    var light = vec4<f32>(0.0);
    for (var i = 0u; i < glows.count.x; i++) {
        let glow = glows.all[i];
        let away = length((world.xy - glow.place.xy) * glow.place.zw);
        light = mix(light, vec4<f32>(glow.colour.rgb, 1.0), glow.colour.a * brightness(away));
    }
    return Seen(mesh2d_position_world_to_clip(world), knot.uv, light);
}

@fragment
fn fragment(seen: Seen) -> @location(0) vec4<f32> {
    let bare = textureSample(rock, rock_sampler, seen.uv);
    return seen.light + vec4<f32>(bare.rgb * bare.a, bare.a) * (1.0 - seen.light.a);
}
