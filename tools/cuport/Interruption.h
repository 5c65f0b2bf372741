// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Who stops a run (Ctrl-C, kill) is told what there is of its output.

#ifndef CUPORT_TOOLS_CUPORT_INTERRUPTION_H
#define CUPORT_TOOLS_CUPORT_INTERRUPTION_H

namespace cuport {

/// What SIGINT, SIGTERM and SIGHUP print from here on, before they end the program as they would without it; one of them that
/// is ignored, as nohup has it, stays so. The sentence is about the output, and lives as long as the program.
void sayWhenInterrupted(const char *AboutOutput);

} // namespace cuport

#endif
