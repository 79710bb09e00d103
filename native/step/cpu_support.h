#pragma once

namespace ccnet::step {

/// Whether processor and system both support AVX2 with FMA, and AVX-512 F, DQ, BW and VL.
bool HasAvx2();
bool HasAvx512();

}  // namespace ccnet::step
