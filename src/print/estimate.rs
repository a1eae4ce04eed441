//! What a print takes: material, time, money. Estimates, and called so.

use serde::{Deserialize, Serialize};

use super::layer::Layers;
use super::pace::Pace;
use super::process::{Process, Settings};

/// Slicers fill what is smaller than this wholly, mm².
const SMALL_MM2: f64 = 70.0;
/// How densely supports are filled.
const SUPPORT_FILL: f64 = 0.2;

/// What something is printed of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Material {
    /// Names it in the product file.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// g/cm³, > 0.
    pub density_g_per_cm3: f64,
    /// Minor units of the shop's currency; none where nobody said.
    pub price_per_kg: Option<f64>,
    /// What it is printed with.
    pub settings: Settings,
    /// sRGB; none shows the product's own colour.
    pub color: Option<[u8; 3]>,
}

/// What a print of one material takes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// Which material, by its id in the product file.
    pub id: String,
    /// What that is called.
    pub material: String,
    /// If all of it were solid, g.
    pub solid_g: f64,
    /// With walls and infill, without supports, g.
    pub mass_g: f64,
    /// Of supports, g.
    pub support_g: f64,
    /// Layers.
    pub layers: usize,
    /// From start to end.
    pub seconds: f64,
    /// Of the material, in minor units of the shop's currency.
    pub price: Option<f64>,
}

/// What all layers of a piece add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) layers: usize,
    /// Of the layers, times their height, mm³.
    volume_mm3: f64,
    /// What their outer lines fill, mm³.
    walls_mm3: f64,
    /// What is inside of the outer lines and too narrow or small to be filled sparsely, mm³.
    narrow_mm3: f64,
    /// Of the whole layers above and below sparse ones, what is not within the outer lines, mm³.
    skin_mm3: f64,
}

impl Sums {
    /// Cuts all layers.
    pub(super) async fn new(layers: &Layers<'_>, settings: &Settings, pace: &Pace) -> Self {
        let mut sums = Self { layers: layers.count(), ..Self::default() };
        let height_mm = f64::from(settings.layer_mm);
        let wall_mm = f64::from(settings.line_mm) * f64::from(settings.wall_lines);
        let skin_mm = height_mm * f64::from(settings.solid_layers);
        for number in 0..sums.layers {
            let layer = layers.layer(number);
            let points: usize = layer.contours.iter().map(|contour| contour.points_mm.len()).sum();
            pace.spend(200 + points * 30).await;
            let area_mm2 = layer.area_mm2().max(0.0);
            sums.volume_mm3 += area_mm2 * height_mm;
            // The lines lie inside of the contour.
            let length_mm = layer.length_mm();
            let walls_mm2 = (length_mm * wall_mm).min(area_mm2);
            sums.walls_mm3 += walls_mm2 * height_mm;
            let inside_mm2 = area_mm2 - walls_mm2;
            let width_mm = inside_mm2 * 2.0 / length_mm.max(1e-6);
            if inside_mm2 < SMALL_MM2 || width_mm < f64::from(settings.line_mm) * 2.0 {
                sums.narrow_mm3 += inside_mm2 * height_mm;
            }
        }
        let up = -layers.down();
        for triangle in 0..layers.piece.triangles.len() {
            pace.spend(1).await;
            let cross = layers.piece.cross(triangle);
            let (area_mm2, along) = (f64::from(cross.length() / 2.0), f64::from(cross.dot(up).abs() / 2.0));
            let across = (area_mm2 * area_mm2 - along * along).max(0.0).sqrt();
            // A slope shows as wide a strip of each layer as it runs; the outer lines cover what they are wide.
            sums.skin_mm3 += (along * skin_mm - across * wall_mm).max(0.0);
        }
        sums
    }

    /// What is laid or cured, mm³.
    fn material_mm3(&self, settings: &Settings) -> f64 {
        match settings.process {
            Process::Filament => {
                let inside = (self.volume_mm3 - self.walls_mm3 - self.narrow_mm3).max(0.0);
                let skin = self.skin_mm3.min(inside);
                self.walls_mm3 + self.narrow_mm3 + skin + (inside - skin) * f64::from(settings.infill)
            }
            Process::Resin | Process::Powder => self.volume_mm3,
        }
    }

    /// What it takes of one material. `volume_mm3` is that of the piece, `supports_mm3` the space of its columns.
    pub(super) fn of(&self, material: &Material, volume_mm3: f64, supports_mm3: f64) -> Estimate {
        let settings = material.settings.sane();
        let grams = |mm3: f64| mm3 / 1000.0 * material.density_g_per_cm3;
        let laid_mm3 = self.material_mm3(&settings);
        let support_mm3 = supports_mm3 * SUPPORT_FILL;
        let flow = match settings.process {
            // A whole layer of resin is cured at once.
            Process::Resin => 0.0,
            Process::Filament | Process::Powder => (laid_mm3 + support_mm3) / f64::from(settings.flow_mm3_per_s),
        };
        let layers = self.layers as f64 * f64::from(settings.layer_s);
        let (mass_g, support_g) = (grams(laid_mm3), grams(support_mm3));
        Estimate {
            id: material.id.clone(),
            material: material.name.clone(),
            solid_g: grams(volume_mm3),
            mass_g,
            support_g,
            layers: self.layers,
            seconds: flow + layers + f64::from(settings.warm_up_s),
            price: material.price_per_kg.map(|price| price * (mass_g + support_g) / 1000.0),
        }
    }
}
