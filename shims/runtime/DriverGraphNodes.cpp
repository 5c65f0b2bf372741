// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Nodes of any kind through the driver API's one struct, and those kinds that it shares with the
// runtime.

#include "DriverGraph.h"

#include "Array.h"

#include <cstring>

using namespace cuport;

cudaMemcpy3DParms cuport::plain(const CUDA_MEMCPY3D &p) {
  cudaMemcpy3DParms result{};
  size_t element = 1;
  auto side = [&](CUmemorytype type, const void *host, CUdeviceptr device, CUarray array,
                  size_t pitch, size_t height, cudaArray_t &plainArray, cudaPitchedPtr &pointer) {
    if (type == CU_MEMORYTYPE_ARRAY) {
      plainArray = arrayOf(array);
      if (plainArray)
        element = plainArray->elementSize;
      return;
    }
    pointer.ptr = type == CU_MEMORYTYPE_HOST ? const_cast<void *>(host) : pointerOf(device);
    pointer.pitch = pitch ? pitch : p.WidthInBytes;
    pointer.xsize = p.WidthInBytes;
    pointer.ysize = height ? height : p.Height;
  };
  side(p.srcMemoryType, p.srcHost, p.srcDevice, p.srcArray, p.srcPitch, p.srcHeight,
       result.srcArray, result.srcPtr);
  side(p.dstMemoryType, p.dstHost, p.dstDevice, p.dstArray, p.dstPitch, p.dstHeight,
       result.dstArray, result.dstPtr);
  // With an array, places and extents count its elements.
  result.srcPos = {p.srcXInBytes / (result.srcArray ? element : 1), p.srcY, p.srcZ};
  result.dstPos = {p.dstXInBytes / (result.dstArray ? element : 1), p.dstY, p.dstZ};
  result.extent = {p.WidthInBytes / element, p.Height, p.Depth};
  result.kind = cudaMemcpyDefault;
  return result;
}

namespace {

// Both structs are a type and a union of what the node is; but for three kinds that is the same in
// both.
struct PlainNode {
  CUgraphNodeParams &from;
  cudaGraphNodeParams plain = {};

  explicit PlainNode(CUgraphNodeParams &from) : from(from) {
    static_assert(sizeof(plain) == sizeof(from));
    std::memcpy(&plain, &from, sizeof(plain));
    if (from.type == CU_GRAPH_NODE_TYPE_KERNEL) {
      cudaKernelNodeParams kernel = cuport::plain(from.kernel);
      plain.kernel = {};
      plain.kernel.func = kernel.func;
      plain.kernel.gridDim = kernel.gridDim;
      plain.kernel.blockDim = kernel.blockDim;
      plain.kernel.sharedMemBytes = kernel.sharedMemBytes;
      plain.kernel.kernelParams = kernel.kernelParams;
      plain.kernel.extra = kernel.extra;
    } else if (from.type == CU_GRAPH_NODE_TYPE_MEMCPY) {
      plain.memcpy = {};
      plain.memcpy.copyParams = cuport::plain(from.memcpy.copyParams);
    } else if (from.type == CU_GRAPH_NODE_TYPE_MEMSET) {
      cudaMemsetParams fill = cuport::plain(from.memset);
      plain.memset = {};
      plain.memset.dst = fill.dst;
      plain.memset.pitch = fill.pitch;
      plain.memset.value = fill.value;
      plain.memset.elementSize = fill.elementSize;
      plain.memset.width = fill.width;
      plain.memset.height = fill.height;
    }
  }
  ~PlainNode() {
    // What is given back.
    if (from.type == CU_GRAPH_NODE_TYPE_MEM_ALLOC || from.type == CU_GRAPH_NODE_TYPE_CONDITIONAL)
      std::memcpy(&from, &plain, sizeof(plain));
  }
};

} // namespace

CUresult cuGraphAddNode_v2(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies,
                           const CUgraphEdgeData *edges, size_t count,
                           CUgraphNodeParams *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    PlainNode plain(*parameters);
    return cudaGraphAddNode_v2(node, graph, dependencies,
                               reinterpret_cast<const cudaGraphEdgeData *>(edges), count,
                               &plain.plain);
  });
}

CUresult cuGraphAddNode(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies,
                        size_t count, CUgraphNodeParams *parameters) {
  return cuGraphAddNode_v2(node, graph, dependencies, nullptr, count, parameters);
}

CUresult cuGraphNodeSetParams(CUgraphNode node, CUgraphNodeParams *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    PlainNode plain(*parameters);
    return cudaGraphNodeSetParams(node, &plain.plain);
  });
}

CUresult cuGraphExecNodeSetParams(CUgraphExec exec, CUgraphNode node,
                                  CUgraphNodeParams *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    PlainNode plain(*parameters);
    return cudaGraphExecNodeSetParams(exec, node, &plain.plain);
  });
}

CUresult cuGraphConditionalHandleCreate(CUgraphConditionalHandle *handle, CUgraph graph, CUcontext,
                                        unsigned int initial, unsigned int flags) {
  return driver([&] {
    cudaGraphConditionalHandle made;
    if (!handle)
      return cudaErrorInvalidValue;
    cudaError_t error = cudaGraphConditionalHandleCreate(&made, graph, initial, flags);
    if (!error)
      *handle = made;
    return error;
  });
}

CUresult cuGraphInstantiateWithParams(CUgraphExec *exec, CUgraph graph,
                                      CUDA_GRAPH_INSTANTIATE_PARAMS *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaGraphInstantiateParams plain{parameters->flags, parameters->hUploadStream, nullptr,
                                     cudaGraphInstantiateSuccess};
    cudaError_t error = cudaGraphInstantiateWithParams(exec, graph, &plain);
    parameters->hErrNode_out = plain.errNode_out;
    parameters->result_out = CUgraphInstantiateResult(plain.result_out);
    return error;
  });
}

CUresult cuGraphExecGetFlags(CUgraphExec exec, cuuint64_t *flags) {
  return driver([&] {
    unsigned long long plain = 0;
    cudaError_t error = cudaGraphExecGetFlags(exec, flags ? &plain : nullptr);
    if (!error)
      *flags = plain;
    return error;
  });
}

CUresult cuGraphExecChildGraphNodeSetParams(CUgraphExec exec, CUgraphNode node, CUgraph child) {
  return driver([&] { return cudaGraphExecChildGraphNodeSetParams(exec, node, child); });
}

CUresult cuGraphEventRecordNodeGetEvent(CUgraphNode node, CUevent *event) {
  return driver([&] { return cudaGraphEventRecordNodeGetEvent(node, event); });
}

CUresult cuGraphEventRecordNodeSetEvent(CUgraphNode node, CUevent event) {
  return driver([&] { return cudaGraphEventRecordNodeSetEvent(node, event); });
}

CUresult cuGraphEventWaitNodeGetEvent(CUgraphNode node, CUevent *event) {
  return driver([&] { return cudaGraphEventWaitNodeGetEvent(node, event); });
}

CUresult cuGraphEventWaitNodeSetEvent(CUgraphNode node, CUevent event) {
  return driver([&] { return cudaGraphEventWaitNodeSetEvent(node, event); });
}

CUresult cuGraphExecEventRecordNodeSetEvent(CUgraphExec exec, CUgraphNode node, CUevent event) {
  return driver([&] { return cudaGraphExecEventRecordNodeSetEvent(exec, node, event); });
}

CUresult cuGraphExecEventWaitNodeSetEvent(CUgraphExec exec, CUgraphNode node, CUevent event) {
  return driver([&] { return cudaGraphExecEventWaitNodeSetEvent(exec, node, event); });
}

CUresult cuGraphAddMemAllocNode(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies,
                                size_t count, CUDA_MEM_ALLOC_NODE_PARAMS *parameters) {
  static_assert(sizeof(CUDA_MEM_ALLOC_NODE_PARAMS) == sizeof(cudaMemAllocNodeParams));
  return driver([&] {
    return cudaGraphAddMemAllocNode(node, graph, dependencies, count,
                                    reinterpret_cast<cudaMemAllocNodeParams *>(parameters));
  });
}

CUresult cuGraphMemAllocNodeGetParams(CUgraphNode node, CUDA_MEM_ALLOC_NODE_PARAMS *parameters) {
  return driver([&] {
    return cudaGraphMemAllocNodeGetParams(node,
                                          reinterpret_cast<cudaMemAllocNodeParams *>(parameters));
  });
}

CUresult cuGraphAddMemFreeNode(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies,
                               size_t count, CUdeviceptr address) {
  return driver([&] {
    return cudaGraphAddMemFreeNode(node, graph, dependencies, count, pointerOf(address));
  });
}

CUresult cuGraphMemFreeNodeGetParams(CUgraphNode node, CUdeviceptr *address) {
  return driver([&] { return cudaGraphMemFreeNodeGetParams(node, address); });
}

CUresult cuDeviceGraphMemTrim(CUdevice device) {
  return driver([&] { return cudaDeviceGraphMemTrim(device); });
}

CUresult cuGraphKernelNodeCopyAttributes(CUgraphNode destination, CUgraphNode source) {
  return driver([&] { return cudaGraphKernelNodeCopyAttributes(source, destination); });
}

CUresult cuGraphKernelNodeGetAttribute(CUgraphNode node, CUkernelNodeAttrID id,
                                       CUkernelNodeAttrValue *value) {
  static_assert(sizeof(CUkernelNodeAttrValue) == sizeof(cudaLaunchAttributeValue));
  return driver([&] {
    return cudaGraphKernelNodeGetAttribute(node, cudaLaunchAttributeID(id),
                                           reinterpret_cast<cudaLaunchAttributeValue *>(value));
  });
}

CUresult cuGraphKernelNodeSetAttribute(CUgraphNode node, CUkernelNodeAttrID id,
                                       const CUkernelNodeAttrValue *value) {
  return driver([&] {
    return cudaGraphKernelNodeSetAttribute(
        node, cudaLaunchAttributeID(id), reinterpret_cast<const cudaLaunchAttributeValue *>(value));
  });
}

CUresult cuUserObjectCreate(CUuserObject *object, void *pointer, CUhostFn destroy,
                            unsigned int references, unsigned int flags) {
  return driver([&] { return cudaUserObjectCreate(object, pointer, destroy, references, flags); });
}

CUresult cuUserObjectRetain(CUuserObject object, unsigned int count) {
  return driver([&] { return cudaUserObjectRetain(object, count); });
}

CUresult cuUserObjectRelease(CUuserObject object, unsigned int count) {
  return driver([&] { return cudaUserObjectRelease(object, count); });
}

CUresult cuGraphRetainUserObject(CUgraph graph, CUuserObject object, unsigned int count,
                                 unsigned int flags) {
  return driver([&] { return cudaGraphRetainUserObject(graph, object, count, flags); });
}

CUresult cuGraphReleaseUserObject(CUgraph graph, CUuserObject object, unsigned int count) {
  return driver([&] { return cudaGraphReleaseUserObject(graph, object, count); });
}
