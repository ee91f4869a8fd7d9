//! `evcxr_display`, which the kernel calls on a cell's last expression, and
//! `show`, for the middle of one.

use std::fmt;

use ndarray::{ArrayBase, ArrayViewD, Data, Dimension};

use super::bundle::Bundle;
use super::{card, cell};
use crate::dataset::{Dataset, Element};
use crate::plot::{
    BoxPlot, ConfusionMatrix, CorrelationMatrix, CountPlot, EcdfPlot, Figure, Heatmap, Hexbin,
    Hist2d, Histogram, Images, LinePlot, PairPlot, Projection, Scatter, StripPlot, ViolinPlot,
    every_plot,
};
use crate::profile::{Card, Comparison, Description, Finding};
use crate::tensor::{Scalar, Tensor, TensorView};

/// Shows values of other crates' types inline: `ndarray` arrays of any storage and
/// dimension, `image::DynamicImage`, and `Result`, `Option` and `Vec` of anything
/// that can be shown.
///
/// In scope through `use ndsight::prelude::*`; the kernel then calls
/// [`evcxr_display`](Show::evcxr_display) on the last expression of a cell.
/// An `Err` is shown as its message.
///
/// # Example
///
/// ```
/// use ndsight::prelude::*;
///
/// // In a notebook, a curve; here, the same in characters on standard output.
/// array![1.0, 4.0, 9.0, 16.0].show();
/// ```
pub trait Show {
    /// What the kernel calls on a cell's last expression.
    fn evcxr_display(&self);

    /// Shows the value now. Several in one cell all appear, in order. Outside a
    /// notebook it is printed as text.
    fn show(&self) {
        self.evcxr_display();
    }
}

macro_rules! shown {
    ($card:path: $($type:ident),*) => {$(
        impl $type {
            /// What the kernel calls on a cell's last expression.
            pub fn evcxr_display(&self) {
                cell::show(Bundle::catching(|| $card(self)));
            }

            /// Shows the value now: several in one cell all appear, in order.
            /// Outside a notebook it is printed as text.
            pub fn show(&self) {
                self.evcxr_display();
            }
        }

        impl Show for $type {
            fn evcxr_display(&self) {
                self.evcxr_display();
            }
        }
    )*};
}

shown!(card::dataset: Dataset);
shown!(card::card: Card);
shown!(card::description: Description);
shown!(card::finding: Finding);
shown!(card::element: Element);
shown!(card::tensor: Tensor);
shown!(card::comparison: Comparison);
shown!(card::plot: Figure);
every_plot!(shown card::plot:);

/// What an array that is shown may hold: every [`Scalar`], and `&str`, `usize`
/// and `isize`.
#[doc(hidden)]
pub trait ShowItem: Sized {
    fn show_array(array: ArrayViewD<'_, Self>);
}

fn show_view(view: &TensorView<'_>) {
    cell::show(Bundle::catching(|| card::view(view)));
}

impl<T: Scalar> ShowItem for T {
    fn show_array(array: ArrayViewD<'_, T>) {
        show_view(&T::wrap_view(array));
    }
}

macro_rules! shown_as {
    ($($type:ty => $convert:expr),* $(,)?) => {$(
        impl ShowItem for $type {
            fn show_array(array: ArrayViewD<'_, Self>) {
                let converted = array.map($convert);
                show_view(&Scalar::wrap_view(converted.view()));
            }
        }
    )*};
}

shown_as! {
    &str => |text| (*text).to_owned(),
    usize => |&n| n as u64,
    isize => |&n| n as i64,
}

impl<S: Data<Elem: ShowItem>, D: Dimension> Show for ArrayBase<S, D> {
    fn evcxr_display(&self) {
        ShowItem::show_array(self.view().into_dyn());
    }
}

impl<T: Show, E: fmt::Display> Show for Result<T, E> {
    fn evcxr_display(&self) {
        match self {
            Ok(value) => value.evcxr_display(),
            Err(err) => cell::show(Bundle::of_own_error(err)),
        }
    }
}

impl<T: Show> Show for Option<T> {
    fn evcxr_display(&self) {
        match self {
            Some(value) => value.evcxr_display(),
            None => println!("None"),
        }
    }
}

/// Nothing, so that a cell that ends in `plot.show()` or a loop keeps what it
/// showed: the kernel would print `()` in its place.
impl Show for () {
    fn evcxr_display(&self) {}
}

impl<T: Show> Show for Vec<T> {
    fn evcxr_display(&self) {
        self.iter().for_each(Show::evcxr_display);
    }
}

impl<T: Show + ?Sized> Show for &T {
    fn evcxr_display(&self) {
        (**self).evcxr_display();
    }
}

#[cfg(feature = "image")]
mod pictures {
    use image::DynamicImage;
    use ndarray::{ArrayView1, IxDyn};

    use super::{Bundle, Show, card, cell};
    use crate::error::{Error, Result};
    use crate::plot::number::count;
    use crate::tensor::Scalar;

    /// Shown with eight bits a channel.
    impl Show for DynamicImage {
        fn evcxr_display(&self) {
            cell::show(Bundle::catching(|| bundle(self)));
        }
    }

    fn bundle(picture: &DynamicImage) -> Result<Bundle> {
        let color = picture.color();
        let what = format!(
            "{} × {} pixels, {color:?}, {} bytes",
            picture.width(),
            picture.height(),
            count(picture.as_bytes().len())
        );
        match (color.has_color(), color.has_alpha()) {
            (false, false) => card_of(picture.to_luma8().as_raw(), picture, 1, &what),
            (true, false) => card_of(picture.to_rgb8().as_raw(), picture, 3, &what),
            _ => card_of(picture.to_rgba8().as_raw(), picture, 4, &what),
        }
    }

    fn card_of(
        samples: &[u8],
        picture: &DynamicImage,
        channels: usize,
        what: &str,
    ) -> Result<Bundle> {
        let shape = IxDyn(&[
            picture.height() as usize,
            picture.width() as usize,
            channels,
        ]);
        let view = ArrayView1::from(samples)
            .into_shape_with_order(shape)
            .map_err(|err| {
                Error::internal(format!("the picture's samples do not fit its size: {err}"))
            })?;
        card::picture(&u8::wrap_view(view), what)
    }
}
