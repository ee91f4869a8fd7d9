//! Pictures in a row whose numbers become shades in one way.

use super::layout::Cell;
use crate::list::{IntoList, MapEach};
use crate::plot::colormap::Colormap;
use crate::plot::figure::{Figure, Panel};
use crate::plot::notes;
use crate::plot::pixels::{Raster, ToneRange, reduced};

/// The pictures side by side under their titles, with gaps where there is none; `what`
/// says what they are.
pub(in crate::plot) fn strip(
    pictures: &[(Option<Raster>, Option<String>)],
    range: ToneRange,
    what: &str,
) -> Figure {
    let sizes = pictures.iter().flat_map(|(raster, _)| raster);
    let sizes: Vec<(usize, usize)> = sizes.map(|r| (r.width, r.height)).into_list();
    let most = |size: fn(&(usize, usize)) -> usize| sizes.iter().map(size).max().unwrap_or(1);
    let cell = Cell::fitting(
        (most(|size| size.0), most(|size| size.1)),
        pictures.len().max(1),
        pictures.len(),
        0.0,
    );
    let shades = Colormap::GRAY.strip(256);
    let mut blank = 0;
    let panel = |(raster, title): &(Option<Raster>, Option<String>)| {
        let mut panel = match raster {
            None => cell.gap(),
            Some(raster) => {
                let (pixels, not_finite) = raster.pixels(range, &shades);
                blank += not_finite;
                cell.panel(reduced(&pixels, cell.reduction))
            }
        };
        panel.title.clone_from(title);
        panel
    };
    let panels: Vec<Panel> = pictures.map_each(panel);
    let figure = cell.grid(pictures.len(), panels, Vec::new(), what);
    figure
        .with_notes([notes::blank_pixels(blank)])
        .with_notes(cell.notes())
}
