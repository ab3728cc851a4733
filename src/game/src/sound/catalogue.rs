//! Every sound by name, the file that holds it, and the caption of those that carry information.

/// A sound.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sound {
    Hover,
    Press,
    Refused,
    Undo,
    Redo,
    Opens,
    Closes,
    Lifted,
    PutDown,
    Removed,
    Valve,
    StarEarned,
    CellLaid,
    PipeJoined,
    Redirected,
    Warp,
    WaterOn,
    DropletEnters,
    Answered,
    Chosen,
    GaveUp,
    Lost,
    Overload,
    Found,
    Registered,
    Deregistered,
    InTune,
    PiranhaBite,
    ThwompSlam,
    GateSlam,
    EnemyBeaten,
    FlameLights,
    FlameHalfOpen,
    FlameDies,
    MushroomGrows,
    StarShines,
    LightningStrikes,
    Win,
    Lose,
    LayerPulse,
    FlowBed,
    LayerFlow,
    LayerStrain,
    LayerFailure,
    LayerHarmony,
}

impl Sound {
    /// All of them with the names of their files, in the order in which they are loaded: first what answers a hand, last
    /// the layers of the orchestra, which are long. Those of pieces that are not in play yet wait for them.
    pub const ALL: [(Self, &'static str); 45] = [
        (Self::Hover, "hover"),
        (Self::Press, "press"),
        (Self::Refused, "refused"),
        (Self::Undo, "undo"),
        (Self::Redo, "redo"),
        (Self::Opens, "opens"),
        (Self::Closes, "closes"),
        (Self::Lifted, "lifted"),
        (Self::PutDown, "put-down"),
        (Self::Removed, "removed"),
        (Self::Valve, "valve"),
        (Self::StarEarned, "star-earned"),
        (Self::CellLaid, "cell-laid"),
        (Self::PipeJoined, "pipe-joined"),
        (Self::Redirected, "redirected"),
        (Self::Warp, "warp"),
        (Self::WaterOn, "water-on"),
        (Self::DropletEnters, "droplet-enters"),
        (Self::Answered, "answered"),
        (Self::Chosen, "chosen"),
        (Self::GaveUp, "gave-up"),
        (Self::Lost, "lost"),
        (Self::Overload, "overload"),
        (Self::Found, "found"),
        (Self::Registered, "registered"),
        (Self::Deregistered, "deregistered"),
        (Self::InTune, "in-tune"),
        (Self::PiranhaBite, "piranha-bite"),
        (Self::ThwompSlam, "thwomp-slam"),
        (Self::GateSlam, "gate-slam"),
        (Self::EnemyBeaten, "enemy-beaten"),
        (Self::FlameLights, "flame-lights"),
        (Self::FlameHalfOpen, "flame-half-open"),
        (Self::FlameDies, "flame-dies"),
        (Self::MushroomGrows, "mushroom-grows"),
        (Self::StarShines, "star-shines"),
        (Self::LightningStrikes, "lightning-strikes"),
        (Self::Win, "win"),
        (Self::Lose, "lose"),
        (Self::LayerPulse, "layer-pulse"),
        (Self::FlowBed, "flow-bed"),
        (Self::LayerFlow, "layer-flow"),
        (Self::LayerStrain, "layer-strain"),
        (Self::LayerFailure, "layer-failure"),
        (Self::LayerHarmony, "layer-harmony"),
    ];

    /// The name of its file, without ending.
    pub const fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The key of the text that says what it tells; only those have one that tell what a player must know.
    pub fn caption(self) -> Option<String> {
        let tells = matches!(
            self,
            Self::Refused
                | Self::GaveUp
                | Self::Lost
                | Self::Overload
                | Self::Deregistered
                | Self::InTune
                | Self::PiranhaBite
                | Self::ThwompSlam
                | Self::GateSlam
                | Self::EnemyBeaten
                | Self::FlameLights
                | Self::FlameHalfOpen
                | Self::FlameDies
                | Self::Win
                | Self::Lose
        );
        tells.then(|| format!("caption-{}", self.name()))
    }

    /// At least so many seconds lie between two of it: a sample of what happens, never a rattle.
    pub const fn interval_s(self) -> f64 {
        match self {
            Self::Answered => 0.11,
            Self::DropletEnters => 0.17,
            Self::Chosen => 0.26,
            Self::Hover | Self::CellLaid => 0.035,
            Self::Overload | Self::GaveUp | Self::Lost => 1.1,
            Self::PiranhaBite | Self::ThwompSlam | Self::GateSlam => 0.4,
            // A batch is written many times a second: its lightning is heard now and then.
            Self::LightningStrikes => 4.0,
            Self::InTune => 10.0,
            _ => 0.08,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Texts;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn the_list_is_in_the_order_of_the_names() {
        for (i, (sound, name)) in Sound::ALL.into_iter().enumerate() {
            assert_eq!((sound as usize, sound.name()), (i, name));
        }
    }

    #[test]
    fn every_sound_has_a_file_and_every_file_a_sound() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sounds");
        let names: BTreeSet<String> = Sound::ALL.iter().map(|(_, name)| (*name).to_owned()).collect();
        let files: BTreeSet<String> = folder
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "ogg"))
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, files);
    }

    #[test]
    fn every_caption_has_a_text() {
        let texts = Texts::english();
        let captions: Vec<String> = Sound::ALL.iter().filter_map(|(sound, _)| sound.caption()).collect();
        assert!(captions.len() > 10);
        for key in captions {
            assert!(texts.has(&key), "{key}");
        }
    }
}
