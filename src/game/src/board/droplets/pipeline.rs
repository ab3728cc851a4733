//! The pipeline that draws droplets: no mesh, a square of four corners for each instance.

use super::instance::Words;
use super::render::{Frame, Sheet};
use bevy::core_pipeline::core_2d::{CORE_2D_DEPTH_FORMAT, Transparent2d};
use bevy::ecs::system::SystemParamItem;
use bevy::ecs::system::lifetimeless::SRes;
use bevy::math::FloatOrd;
use bevy::mesh::VertexBufferLayout;
use bevy::prelude::*;
use bevy::render::render_phase::{
    DrawFunctionId, PhaseItemExtraIndex, RenderCommand, RenderCommandResult, SetItemPipeline, TrackedRenderPass,
};
use bevy::render::render_resource::binding_types::{texture_2d, uniform_buffer};
use bevy::render::render_resource::*;
use bevy::render::sync_world::MainEntity;
use bevy::sprite_render::{Mesh2dPipeline, Mesh2dPipelineKey, SetMesh2dViewBindGroup};

/// How droplets are drawn.
#[derive(Resource)]
pub struct DropletPipeline {
    view_layout: BindGroupLayoutDescriptor,
    /// The frame and the routes.
    pub layout: BindGroupLayoutDescriptor,
    shader: Handle<Shader>,
}

impl DropletPipeline {
    /// Beside the pipeline of 2D meshes, whose view it shares.
    pub fn new(mesh2d: &Mesh2dPipeline, shader: Handle<Shader>) -> Self {
        let entries = BindGroupLayoutEntries::sequential(
            ShaderStages::VERTEX_FRAGMENT,
            (uniform_buffer::<Frame>(false), texture_2d(TextureSampleType::Uint)),
        );
        let layout = BindGroupLayoutDescriptor::new("droplet_layout", &entries);
        Self { view_layout: mesh2d.view_layout.clone(), layout, shader }
    }
}

impl SpecializedRenderPipeline for DropletPipeline {
    type Key = Mesh2dPipelineKey;

    fn specialize(&self, key: Mesh2dPipelineKey) -> RenderPipelineDescriptor {
        let mut instances = VertexBufferLayout::from_vertex_formats(
            VertexStepMode::Instance,
            [VertexFormat::Uint32x4, VertexFormat::Uint32x4],
        );
        instances.array_stride = size_of::<Words>() as u64;
        RenderPipelineDescriptor {
            label: Some("droplet_pipeline".into()),
            layout: vec![self.view_layout.clone(), self.layout.clone()],
            vertex: VertexState { shader: self.shader.clone(), buffers: vec![instances], ..default() },
            fragment: Some(FragmentState {
                shader: self.shader.clone(),
                targets: vec![Some(ColorTargetState {
                    format: key.target_format(),
                    blend: Some(BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                    write_mask: ColorWrites::ALL,
                })],
                ..default()
            }),
            primitive: PrimitiveState { topology: PrimitiveTopology::TriangleStrip, ..default() },
            depth_stencil: Some(DepthStencilState {
                format: CORE_2D_DEPTH_FORMAT,
                depth_write_enabled: Some(false),
                depth_compare: Some(CompareFunction::Always),
                stencil: StencilState::default(),
                bias: DepthBiasState::default(),
            }),
            multisample: MultisampleState { count: key.msaa_samples(), ..default() },
            ..default()
        }
    }
}

/// All that it takes to draw.
pub type DrawDroplets = (SetItemPipeline, SetMesh2dViewBindGroup<0>, DrawSheet);

/// Draws every instance of the sheet.
pub struct DrawSheet;

impl RenderCommand<Transparent2d> for DrawSheet {
    type Param = SRes<Sheet>;
    type ViewQuery = ();
    type ItemQuery = ();

    fn render<'w>(
        _: &Transparent2d,
        (): (),
        _: Option<()>,
        sheet: SystemParamItem<'w, '_, Self::Param>,
        pass: &mut TrackedRenderPass<'w>,
    ) -> RenderCommandResult {
        let sheet = sheet.into_inner();
        let (Some(buffer), Some(bind_group)) = (sheet.buffer(), sheet.bind_group()) else {
            return RenderCommandResult::Skip;
        };
        pass.set_bind_group(1, bind_group, &[]);
        pass.set_vertex_buffer(0, buffer.slice(..));
        pass.draw(0..4, 0..sheet.instances());
        RenderCommandResult::Success
    }
}

/// What stands for the sheet among all that is drawn.
pub fn item(pipeline: CachedRenderPipelineId, draw_function: DrawFunctionId, z: f32) -> Transparent2d {
    Transparent2d {
        sort_key: FloatOrd(z),
        // No entity stands for the droplets: they are all of them one thing.
        entity: (Entity::PLACEHOLDER, MainEntity::from(Entity::PLACEHOLDER)),
        pipeline,
        draw_function,
        batch_range: 0..1,
        extracted_index: usize::MAX,
        extra_index: PhaseItemExtraIndex::None,
        indexed: false,
    }
}
