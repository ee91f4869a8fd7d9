//! Opaque values as elements of tensors.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// Any shared value as an element, as TensorFlow's `tf.variant`: the way a data
/// set gets into an element of another. Tensors cut, lay together and hand out
/// variants, and know nothing of what is inside.
#[derive(Clone)]
#[doc(hidden)]
pub struct Variant(Arc<dyn Any + Send + Sync>);

impl Variant {
    /// Shares `value`.
    pub fn new<T: Any + Send + Sync>(value: T) -> Variant {
        Variant(Arc::new(value))
    }

    /// The value inside, if it is of type `T`.
    pub fn downcast_ref<T: Any>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

impl fmt::Debug for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("variant")
    }
}

/// The very same value.
impl PartialEq for Variant {
    fn eq(&self, other: &Variant) -> bool {
        // Without the address of the methods, which may differ for one value.
        std::ptr::addr_eq(Arc::as_ptr(&self.0), Arc::as_ptr(&other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DType, Tensor};

    #[test]
    fn a_clone_is_the_same_value_and_another_is_not() {
        let value = Variant::new(vec![1, 2]);
        assert_eq!(value.clone(), value);
        assert_ne!(value, Variant::new(vec![1, 2]));
        assert_eq!(value.downcast_ref::<Vec<i32>>().unwrap(), &[1, 2]);
        assert!(value.downcast_ref::<String>().is_none());
        // Values of no size have addresses of their own, too.
        assert_ne!(Variant::new(()), Variant::new(()));
    }

    #[test]
    fn variants_are_cut_and_laid_together_as_other_elements() {
        let parts = ["a", "b"].map(|text| Tensor::from(Variant::new(text)));
        let both = Tensor::stack(&parts).unwrap();
        assert_eq!(both.dtype(), DType::Variant);
        assert_eq!(both.row(1), parts[1]);
        let inside: Variant = both.row(1).scalar().unwrap();
        assert_eq!(inside.downcast_ref::<&str>(), Some(&"b"));
        assert_eq!(
            format!("{both:?}"),
            "Tensor(variant, shape=(2,), [variant, variant])"
        );
    }
}
