//! From the picture to the GPU: what has changed is copied to the render world and written into one vertex buffer.

use super::instance::Words;
use super::pipeline::{DrawDroplets, DropletPipeline, item};
use super::routes::{TEXTURE_HEIGHT, TEXTURE_WIDTH};
use super::style::RING_FROM;
use super::{Droplets, Writes};
use crate::board::layer;
use crate::palette;
use bevy::core_pipeline::core_2d::Transparent2d;
use bevy::prelude::*;
use bevy::render::render_phase::{AddRenderCommand, DrawFunctions, ViewSortedRenderPhases};
use bevy::render::render_resource::*;
use bevy::render::renderer::{RenderDevice, RenderQueue};
use bevy::render::view::{ExtractedView, Msaa};
use bevy::render::{ExtractSchedule, MainWorld, Render, RenderApp, RenderStartup, RenderSystems};
use bevy::sprite_render::{Mesh2dPipeline, Mesh2dPipelineKey, init_mesh_2d_pipeline};

const SHADER: &str = include_str!("droplets.wgsl");

pub(super) fn plugin(app: &mut App) {
    if app.get_sub_app(RenderApp).is_none() {
        // Without a window nothing is drawn.
        return;
    }
    let shader = app.world_mut().resource_mut::<Assets<Shader>>().add(Shader::from_wgsl(SHADER, "board/droplets.wgsl"));
    let make = move |mut commands: Commands, mesh2d: Res<Mesh2dPipeline>| {
        commands.insert_resource(DropletPipeline::new(&mesh2d, shader.clone()));
    };
    let render_app = app.sub_app_mut(RenderApp);
    render_app.init_resource::<Sheet>();
    render_app.init_resource::<SpecializedRenderPipelines<DropletPipeline>>();
    render_app.add_render_command::<Transparent2d, DrawDroplets>();
    render_app.add_systems(RenderStartup, make.after(init_mesh_2d_pipeline));
    render_app.add_systems(ExtractSchedule, extract);
    render_app
        .add_systems(Render, (prepare.in_set(RenderSystems::PrepareResources), queue.in_set(RenderSystems::Queue)));
}

/// What is the same for all instances of a frame.
#[derive(Clone, Copy, Default, ShaderType)]
pub struct Frame {
    now: UVec4,
    style: Vec4,
    colours: [Vec4; 12],
}

/// What the GPU holds.
#[derive(Resource, Default)]
pub struct Sheet {
    writes: Writes,
    frame: Frame,
    uniform: UniformBuffer<Frame>,
    buffer: Option<Buffer>,
    routes: Option<Texture>,
    bind_group: Option<BindGroup>,
}

impl Sheet {
    pub fn buffer(&self) -> Option<&Buffer> {
        self.buffer.as_ref()
    }

    pub fn bind_group(&self) -> Option<&BindGroup> {
        self.bind_group.as_ref()
    }

    pub fn instances(&self) -> u32 {
        self.writes.total as u32
    }
}

impl Droplets {
    /// The uniform of this moment.
    fn frame(&self) -> Frame {
        let now_ns = self.now.as_ns();
        let colours = [
            palette::browse(),
            palette::buy(),
            palette::batch(),
            palette::ink(),
            palette::core(),
            palette::strain(),
            palette::ring_track(),
            palette::failed_deep(),
            palette::failed_line(),
            palette::current(),
            palette::current_failed(),
            palette::bone(),
        ];
        Frame {
            now: UVec4::new(now_ns as u32, (now_ns >> 32) as u32, 0, 0),
            style: Vec4::new(self.style.breath, self.style.drift, self.style.glow, RING_FROM),
            colours: colours.map(|colour| colour.to_linear().to_vec4()),
        }
    }
}

fn extract(mut main_world: ResMut<MainWorld>, mut sheet: ResMut<Sheet>) {
    if let Some(mut droplets) = main_world.get_resource_mut::<Droplets>() {
        let droplets = droplets.bypass_change_detection();
        droplets.take_writes(&mut sheet.writes);
        sheet.frame = droplets.frame();
    }
}

fn prepare(
    mut sheet: ResMut<Sheet>,
    (device, queue): (Res<RenderDevice>, Res<RenderQueue>),
    pipeline: Option<Res<DropletPipeline>>,
    cache: Res<PipelineCache>,
) {
    let Sheet { writes, frame, uniform, buffer, routes, bind_group } = &mut *sheet;
    let bytes = (writes.total.max(1) * size_of::<Words>()) as u64;
    if buffer.as_ref().is_none_or(|buffer| buffer.size() != bytes) {
        let usage = BufferUsages::VERTEX | BufferUsages::COPY_DST;
        let made = BufferDescriptor { label: Some("droplets"), size: bytes, usage, mapped_at_creation: false };
        *buffer = Some(device.create_buffer(&made));
    }
    let mut rest = writes.words.as_slice();
    for &(start, len) in &writes.stretches {
        let (stretch, others) = rest.split_at(len);
        if let Some(buffer) = buffer.as_ref().filter(|_| len > 0) {
            queue.write_buffer(buffer, (start * size_of::<Words>()) as u64, bytemuck::cast_slice(stretch));
        }
        rest = others;
    }
    let routes = routes.get_or_insert_with(|| device.create_texture(&routes_texture()));
    if let Some(texels) = &writes.texels {
        write_routes(&queue, routes, texels);
    }
    uniform.set(*frame);
    uniform.write_buffer(&device, &queue);
    if let (None, Some(frame), Some(pipeline)) = (&bind_group, uniform.binding(), pipeline) {
        let view = routes.create_view(&TextureViewDescriptor::default());
        let layout = cache.get_bind_group_layout(&pipeline.layout);
        *bind_group =
            Some(device.create_bind_group("droplets", &layout, &BindGroupEntries::sequential((frame, &view))));
    }
}

const ROUTES_SIZE: Extent3d =
    Extent3d { width: TEXTURE_WIDTH as u32, height: TEXTURE_HEIGHT as u32, depth_or_array_layers: 1 };

const fn routes_texture() -> TextureDescriptor<'static> {
    TextureDescriptor {
        label: Some("routes"),
        size: ROUTES_SIZE,
        mip_level_count: 1,
        sample_count: 1,
        dimension: TextureDimension::D2,
        format: TextureFormat::R32Uint,
        usage: TextureUsages::TEXTURE_BINDING.union(TextureUsages::COPY_DST),
        view_formats: &[],
    }
}

fn write_routes(queue: &RenderQueue, texture: &Texture, texels: &[u32]) {
    let mut all = texels.to_vec();
    all.resize(TEXTURE_WIDTH * TEXTURE_HEIGHT, 0);
    let layout =
        TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(4 * TEXTURE_WIDTH as u32), rows_per_image: None };
    queue.write_texture(texture.as_image_copy(), bytemuck::cast_slice(&all), layout, ROUTES_SIZE);
}

fn queue(
    sheet: Res<Sheet>,
    draw_functions: Res<DrawFunctions<Transparent2d>>,
    pipeline: Option<Res<DropletPipeline>>,
    mut pipelines: ResMut<SpecializedRenderPipelines<DropletPipeline>>,
    cache: Res<PipelineCache>,
    mut phases: ResMut<ViewSortedRenderPhases<Transparent2d>>,
    views: Query<(&ExtractedView, &Msaa)>,
) {
    let Some(pipeline) = pipeline.filter(|_| sheet.instances() > 0) else { return };
    let draw = draw_functions.read().id::<DrawDroplets>();
    for (view, msaa) in &views {
        let Some(phase) = phases.get_mut(&view.retained_view_entity) else { continue };
        let key = Mesh2dPipelineKey::from_msaa_samples(msaa.samples())
            | Mesh2dPipelineKey::from_target_format(view.target_format);
        let pipeline = pipelines.specialize(&cache, &pipeline, key);
        phase.add_transient(item(pipeline, draw, layer::DROPLET));
    }
}
