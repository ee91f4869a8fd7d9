//! Steps: each makes a data set of another, and computes nothing yet.
//!
//! One file for each family. A step over elements that can be reached in any order
//! keeps that where it can: it then only translates positions.

mod batch;
mod cache;
mod concatenate;
mod enumerate;
mod filter;
mod flat_map;
mod group;
mod ignore_errors;
mod map;
mod padded_batch;
mod parallel;
mod prefetch;
mod rebatch;
mod repeat;
mod resample;
mod scan;
mod shard;
mod shuffle;
mod take;
mod unbatch;
mod unique;
mod window;
mod zip;

pub use group::Buckets;
pub use padded_batch::PaddedBatch;
pub use rebatch::BatchSizes;
pub use resample::RejectionResample;
pub use shuffle::Shuffle;
pub use window::Window;
pub use zip::IntoDatasets;
