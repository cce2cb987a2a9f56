//! The whole way: from an edge on skin to months of remodelling.

#![allow(clippy::unwrap_used, reason = "a test that stops says where")]

mod calf;
mod finite_element;
mod finite_element_check;
mod footprint;
mod hertz;
mod kernel;
mod layers;
mod limb;
mod mathml;
mod ode;
mod ode_jacobian;
mod ode_positive;
mod ode_robertson;
mod reynolds;
mod sbml;
mod stiffening;
mod study;
