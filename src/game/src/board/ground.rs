//! How rock and tunnels are drawn: the picture painted of them, and the light of all pieces on it, each pixel once.

use super::glows::Glow;
use bevy::asset::{load_internal_asset, uuid_handle};
use bevy::mesh::MeshVertexBufferLayoutRef;
use bevy::prelude::*;
use bevy::render::render_resource::{
    AsBindGroup, BlendState, RenderPipelineDescriptor, ShaderType, SpecializedMeshPipelineError,
};
use bevy::shader::ShaderRef;
use bevy::sprite_render::{AlphaMode2d, Material2d, Material2dKey, Material2dPlugin};

pub(super) fn plugin(app: &mut App) {
    load_internal_asset!(app, SHADER, "ground.wgsl", Shader::from_wgsl);
    app.add_plugins(Material2dPlugin::<GroundMaterial>::default());
}

const SHADER: Handle<Shader> = uuid_handle!("6d1f3c0a-5b8e-4b57-9a41-2f7c1e90d3b6");

/// Meshes of the net each way.
const MESHES: u32 = 100;

/// Most lights that are drawn, as the shader has it; of more, the dimmest are left out.
const GLOWS_MAX: usize = 64;

/// The net that the ground is drawn on, a square of one unit: so many meshes each way that there are two to a cell of any
/// map that fits a screen, and light runs evenly between its knots.
pub fn net() -> Mesh {
    Plane3d::new(Vec3::Z, Vec2::splat(0.5)).mesh().subdivisions(MESHES - 1).build()
}

/// The ground's material.
#[derive(Asset, AsBindGroup, TypePath, Clone, Debug)]
pub struct GroundMaterial {
    /// The light on it.
    #[uniform(0)]
    pub glows: Glows,
    /// Rock and tunnels; clear where there is sky.
    #[texture(1)]
    #[sampler(2)]
    pub rock: Handle<Image>,
}

/// The lights, farthest back first, as the shader reads them.
#[derive(ShaderType, Clone, PartialEq, Debug)]
pub struct Glows {
    count: UVec4,
    all: [Lamp; GLOWS_MAX],
}

/// A light: its place and one over its reach, in world units; its colour, linear, with how bright it is.
#[derive(ShaderType, Clone, Copy, PartialEq, Default, Debug)]
struct Lamp {
    place: Vec4,
    colour: Vec4,
}

impl Default for Glows {
    fn default() -> Self {
        Self { count: UVec4::ZERO, all: [Lamp::default(); GLOWS_MAX] }
    }
}

impl Glows {
    /// Of lights with their places; what is dark does not count.
    pub fn new(mut glows: Vec<(Vec3, Glow)>) -> Self {
        glows.retain(|(_, glow)| glow.color.alpha() > 0.0 && glow.reach.min_element() > 0.0);
        if glows.len() > GLOWS_MAX {
            glows.sort_by(|(_, a), (_, b)| b.color.alpha().total_cmp(&a.color.alpha()));
            glows.truncate(GLOWS_MAX);
        }
        glows.sort_by(|(a, _), (b, _)| a.z.total_cmp(&b.z));
        let mut lamps = Self { count: UVec4::new(glows.len() as u32, 0, 0, 0), ..default() };
        for (lamp, (at, glow)) in lamps.all.iter_mut().zip(glows) {
            let reach = glow.reach.recip();
            let place = Vec4::new(at.x, at.y, reach.x, reach.y);
            *lamp = Lamp { place, colour: glow.color.to_linear().to_vec4() };
        }
        lamps
    }
}

impl Material2d for GroundMaterial {
    fn vertex_shader() -> ShaderRef {
        SHADER.into()
    }

    fn fragment_shader() -> ShaderRef {
        SHADER.into()
    }

    fn alpha_mode(&self) -> AlphaMode2d {
        AlphaMode2d::Blend
    }

    /// Light and rock come out already weighted by how much they cover.
    fn specialize(
        descriptor: &mut RenderPipelineDescriptor,
        _: &MeshVertexBufferLayoutRef,
        _: Material2dKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        let targets = descriptor.fragment.iter_mut().flat_map(|fragment| fragment.targets.iter_mut().flatten());
        targets.for_each(|target| target.blend = Some(BlendState::PREMULTIPLIED_ALPHA_BLENDING));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glow(alpha: f32) -> Glow {
        Glow { reach: Vec2::new(200.0, 100.0), color: Color::srgba(1.0, 0.5, 0.0, alpha) }
    }

    #[test]
    fn lights_lie_in_order_and_dark_ones_are_left_out() {
        let glows = Glows::new(vec![
            (Vec3::new(1.0, 2.0, -1.0), glow(0.3)),
            (Vec3::new(3.0, 4.0, -2.0), glow(0.1)),
            (Vec3::ZERO, Glow::dark(Vec2::ONE)),
            (Vec3::ZERO, Glow { reach: Vec2::ZERO, ..glow(1.0) }),
        ]);
        assert_eq!(glows.count.x, 2);
        assert_eq!(glows.all[0].place, Vec4::new(3.0, 4.0, 0.005, 0.01));
        assert_eq!((glows.all[0].colour.w, glows.all[1].colour.w), (0.1, 0.3));
        assert_eq!(glows.all[2], Lamp::default());
    }

    #[test]
    fn of_too_many_the_brightest_are_drawn() {
        let many = (0..100).map(|i| (Vec3::splat(i as f32), glow(0.001 * (i + 1) as f32)));
        let glows = Glows::new(many.collect());
        assert_eq!(glows.count.x as usize, GLOWS_MAX);
        assert_eq!(glows.all[0].place.x, 36.0);
    }

    #[test]
    fn the_shader_holds_as_many() {
        assert!(include_str!("ground.wgsl").contains(&format!("array<Glow, {GLOWS_MAX}>")));
    }
}
