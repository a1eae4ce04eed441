//! The browser's own sines and powers, in place of the 7 kB that the compiler brings along.
//!
//! `f32::sin` and the like call functions of these names, which the compiler's library defines weakly. JavaScript's
//! `Math` computes in `f64`, so that the results round at least as well. No one needs thousands of them a frame: a call
//! takes some nanoseconds.

#![allow(unsafe_code, reason = "a symbol's name is a promise to the linker")]

use js_sys::Math;

macro_rules! from_javascript {
    ($($name:ident($($argument:ident),*) = $call:expr;)*) => {
        $(
            // SAFETY: the C library's name, parameters and meaning.
            #[unsafe(no_mangle)]
            extern "C" fn $name($($argument: f32),*) -> f32 {
                $(let $argument = f64::from($argument);)*
                $call as f32
            }
        )*
    };
}

from_javascript! {
    sinf(x) = Math::sin(x);
    cosf(x) = Math::cos(x);
    tanf(x) = Math::tan(x);
    asinf(x) = Math::asin(x);
    acosf(x) = Math::acos(x);
    atanf(x) = Math::atan(x);
    atan2f(y, x) = Math::atan2(y, x);
    expf(x) = Math::exp(x);
    exp2f(x) = Math::pow(2.0, x);
    logf(x) = Math::log(x);
    log2f(x) = Math::log2(x);
    powf(x, y) = Math::pow(x, y);
}
