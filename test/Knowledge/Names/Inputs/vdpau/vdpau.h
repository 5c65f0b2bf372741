// What CUDA's headers need of VDPAU's.
typedef unsigned VdpDevice, VdpOutputSurface, VdpStatus, VdpVideoSurface;
typedef VdpStatus VdpGetProcAddress(VdpDevice, unsigned, void **);
