//! Ways to print, and what each can do.

use serde::{Deserialize, Serialize};

/// How a printer makes things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Process {
    /// Melted filament, line by line (FFF, FDM).
    #[default]
    Filament,
    /// Light-cured resin (SLA, MSLA, DLP).
    Resin,
    /// Powder, fused by a laser or a binder (SLS, MJF): needs no supports.
    Powder,
}

/// What a process is set to, and what it can do.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// How it is made.
    pub process: Process,
    /// Height of a layer, mm, > 0.
    pub layer_mm: f32,
    /// Width of a line, mm, > 0: of filament, what the nozzle lays; else what light or laser can draw.
    pub line_mm: f32,
    /// Lines around each layer.
    pub wall_lines: u32,
    /// Whole layers below and above what is filled.
    pub solid_layers: u32,
    /// How much of the inside is filled, `[0, 1]`.
    pub infill: f32,
    /// Walls below this do not print, mm.
    pub least_wall_mm: f32,
    /// Pins and ribs below this do not print, mm.
    pub least_detail_mm: f32,
    /// Gaps below this close, mm.
    pub least_gap_mm: f32,
    /// Down-facing surfaces that are flatter than this need supports, degrees from the horizontal; 0: none do.
    pub overhang_deg: f32,
    /// What is laid or cured in a second, mm³, > 0. Of resin it does not count.
    #[serde(deserialize_with = "super::written::endless")]
    pub flow_mm3_per_s: f32,
    /// What each layer takes beside that, seconds.
    pub layer_s: f32,
    /// What a print takes before its first layer, seconds.
    pub warm_up_s: f32,
}

impl Settings {
    /// What is usual on machines at home (filament, resin) or at a service (powder): a 0.4 mm nozzle and 0.2 mm layers; a
    /// 50 µm mask; 0.1 mm layers of powder. Walls and gaps are those that makers of printers and services publish as the
    /// least; times are starting points, to be replaced by one's own.
    pub const fn usual(process: Process) -> Self {
        match process {
            Process::Filament => Self {
                process,
                layer_mm: 0.2,
                line_mm: 0.45,
                wall_lines: 2,
                solid_layers: 4,
                infill: 0.15,
                least_wall_mm: 0.8,
                least_detail_mm: 0.8,
                least_gap_mm: 0.3,
                overhang_deg: 45.0,
                // PrusaSlicer's plain profile takes the samples at 2 to 3 mm³/s, all its moves included.
                flow_mm3_per_s: 3.0,
                layer_s: 0.5,
                warm_up_s: 180.0,
            },
            Process::Resin => Self {
                process,
                layer_mm: 0.05,
                line_mm: 0.05,
                wall_lines: 1,
                solid_layers: 1,
                infill: 1.0,
                least_wall_mm: 0.5,
                least_detail_mm: 0.3,
                least_gap_mm: 0.5,
                overhang_deg: 30.0,
                flow_mm3_per_s: f32::INFINITY,
                layer_s: 8.0,
                warm_up_s: 240.0,
            },
            Process::Powder => Self {
                process,
                layer_mm: 0.1,
                line_mm: 0.3,
                wall_lines: 1,
                solid_layers: 1,
                infill: 1.0,
                least_wall_mm: 0.7,
                least_detail_mm: 0.8,
                least_gap_mm: 0.5,
                overhang_deg: 0.0,
                flow_mm3_per_s: 10.0,
                layer_s: 20.0,
                warm_up_s: 7200.0,
            },
        }
    }

    /// With what makes no sense replaced by what is usual.
    pub fn sane(self) -> Self {
        let usual = Self::usual(self.process);
        let positive = |value: f32, usual: f32, least: f32| {
            if value.is_finite() && value >= least { value } else { usual }
        };
        Self {
            layer_mm: positive(self.layer_mm, usual.layer_mm, 0.01),
            line_mm: positive(self.line_mm, usual.line_mm, 0.01),
            infill: if (0.0..=1.0).contains(&self.infill) { self.infill } else { usual.infill },
            least_wall_mm: positive(self.least_wall_mm, usual.least_wall_mm, 0.0),
            least_detail_mm: positive(self.least_detail_mm, usual.least_detail_mm, 0.0),
            least_gap_mm: positive(self.least_gap_mm, usual.least_gap_mm, 0.0),
            overhang_deg: if (0.0..90.0).contains(&self.overhang_deg) { self.overhang_deg } else { usual.overhang_deg },
            flow_mm3_per_s: if self.flow_mm3_per_s > 1e-3 { self.flow_mm3_per_s } else { usual.flow_mm3_per_s },
            layer_s: positive(self.layer_s, usual.layer_s, 0.0),
            warm_up_s: positive(self.warm_up_s, usual.warm_up_s, 0.0),
            ..self
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::usual(Process::Filament)
    }
}
