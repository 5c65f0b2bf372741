// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NVTX's ranges, marks, names and domains, for C and C++: what they do where no tool listens, which is nothing. There is nothing to link.

#ifndef CUPORT_NVTX3_NVTOOLSEXT_H
#define CUPORT_NVTX3_NVTOOLSEXT_H

#include <stddef.h>
#include <stdint.h>

#define NVTX_VERSION 3
#define NVTX_SUCCESS 0
#define NVTX_FAIL 1
#define NVTX_NO_PUSH_POP_TRACKING ((int)-2)

typedef uint64_t nvtxRangeId_t;
typedef struct nvtxDomainRegistration_st *nvtxDomainHandle_t;
typedef struct nvtxStringRegistration_st *nvtxStringHandle_t;
typedef struct nvtxResourceHandle *nvtxResourceHandle_t;

typedef enum nvtxColorType_t { NVTX_COLOR_UNKNOWN = 0, NVTX_COLOR_ARGB = 1 } nvtxColorType_t;
typedef enum nvtxMessageType_t {
  NVTX_MESSAGE_UNKNOWN = 0,
  NVTX_MESSAGE_TYPE_ASCII = 1,
  NVTX_MESSAGE_TYPE_UNICODE = 2,
  NVTX_MESSAGE_TYPE_REGISTERED = 3
} nvtxMessageType_t;
typedef enum nvtxPayloadType_t {
  NVTX_PAYLOAD_UNKNOWN = 0,
  NVTX_PAYLOAD_TYPE_UNSIGNED_INT64 = 1,
  NVTX_PAYLOAD_TYPE_INT64 = 2,
  NVTX_PAYLOAD_TYPE_DOUBLE = 3,
  NVTX_PAYLOAD_TYPE_UNSIGNED_INT32 = 4,
  NVTX_PAYLOAD_TYPE_INT32 = 5,
  NVTX_PAYLOAD_TYPE_FLOAT = 6
} nvtxPayloadType_t;

typedef union nvtxMessageValue_t {
  const char *ascii;
  const wchar_t *unicode;
  nvtxStringHandle_t registered;
} nvtxMessageValue_t;

typedef struct nvtxEventAttributes_v2 {
  uint16_t version, size;
  uint32_t category;
  int32_t colorType;
  uint32_t color;
  int32_t payloadType, reserved0;
  union payload_t {
    uint64_t ullValue;
    int64_t llValue;
    double dValue;
    uint32_t uiValue;
    int32_t iValue;
    float fValue;
  } payload;
  int32_t messageType;
  nvtxMessageValue_t message;
} nvtxEventAttributes_v2;
typedef nvtxEventAttributes_v2 nvtxEventAttributes_t;
#define NVTX_EVENT_ATTRIB_STRUCT_SIZE ((uint16_t)(sizeof(nvtxEventAttributes_t)))

#define CUPORT_NVTX(result, name, parameters, value)                                                                   \
  static __inline__ __attribute__((unused)) result name parameters { return value; }
#define CUPORT_NVTX_NOTHING(name, parameters) static __inline__ __attribute__((unused)) void name parameters {}

CUPORT_NVTX_NOTHING(nvtxInitialize, (const void *reserved))
CUPORT_NVTX_NOTHING(nvtxMarkEx, (const nvtxEventAttributes_t *attributes))
CUPORT_NVTX_NOTHING(nvtxMarkA, (const char *message))
CUPORT_NVTX_NOTHING(nvtxMarkW, (const wchar_t *message))
CUPORT_NVTX(nvtxRangeId_t, nvtxRangeStartEx, (const nvtxEventAttributes_t *attributes), 0)
CUPORT_NVTX(nvtxRangeId_t, nvtxRangeStartA, (const char *message), 0)
CUPORT_NVTX(nvtxRangeId_t, nvtxRangeStartW, (const wchar_t *message), 0)
CUPORT_NVTX_NOTHING(nvtxRangeEnd, (nvtxRangeId_t range))
CUPORT_NVTX(int, nvtxRangePushEx, (const nvtxEventAttributes_t *attributes), NVTX_NO_PUSH_POP_TRACKING)
CUPORT_NVTX(int, nvtxRangePushA, (const char *message), NVTX_NO_PUSH_POP_TRACKING)
CUPORT_NVTX(int, nvtxRangePushW, (const wchar_t *message), NVTX_NO_PUSH_POP_TRACKING)
CUPORT_NVTX(int, nvtxRangePop, (void), NVTX_NO_PUSH_POP_TRACKING)
CUPORT_NVTX_NOTHING(nvtxNameCategoryA, (uint32_t category, const char *name))
CUPORT_NVTX_NOTHING(nvtxNameCategoryW, (uint32_t category, const wchar_t *name))
CUPORT_NVTX_NOTHING(nvtxNameOsThreadA, (uint32_t thread, const char *name))
CUPORT_NVTX_NOTHING(nvtxNameOsThreadW, (uint32_t thread, const wchar_t *name))
CUPORT_NVTX(nvtxDomainHandle_t, nvtxDomainCreateA, (const char *name), NULL)
CUPORT_NVTX(nvtxDomainHandle_t, nvtxDomainCreateW, (const wchar_t *name), NULL)
CUPORT_NVTX_NOTHING(nvtxDomainDestroy, (nvtxDomainHandle_t domain))
CUPORT_NVTX_NOTHING(nvtxDomainMarkEx, (nvtxDomainHandle_t domain, const nvtxEventAttributes_t *attributes))
CUPORT_NVTX(nvtxRangeId_t, nvtxDomainRangeStartEx, (nvtxDomainHandle_t domain, const nvtxEventAttributes_t *attributes), 0)
CUPORT_NVTX_NOTHING(nvtxDomainRangeEnd, (nvtxDomainHandle_t domain, nvtxRangeId_t range))
CUPORT_NVTX(int, nvtxDomainRangePushEx, (nvtxDomainHandle_t domain, const nvtxEventAttributes_t *attributes), NVTX_NO_PUSH_POP_TRACKING)
CUPORT_NVTX(int, nvtxDomainRangePop, (nvtxDomainHandle_t domain), NVTX_NO_PUSH_POP_TRACKING)
CUPORT_NVTX(nvtxStringHandle_t, nvtxDomainRegisterStringA, (nvtxDomainHandle_t domain, const char *text), NULL)
CUPORT_NVTX(nvtxStringHandle_t, nvtxDomainRegisterStringW, (nvtxDomainHandle_t domain, const wchar_t *text), NULL)
CUPORT_NVTX_NOTHING(nvtxDomainNameCategoryA, (nvtxDomainHandle_t domain, uint32_t category, const char *name))
CUPORT_NVTX_NOTHING(nvtxDomainNameCategoryW, (nvtxDomainHandle_t domain, uint32_t category, const wchar_t *name))

#undef CUPORT_NVTX_NOTHING
#undef CUPORT_NVTX

// Without A and W: as the program's characters are.
#ifdef UNICODE
#define CUPORT_NVTX_NAME(name) name##W
#else
#define CUPORT_NVTX_NAME(name) name##A
#endif
#define nvtxMark CUPORT_NVTX_NAME(nvtxMark)
#define nvtxRangeStart CUPORT_NVTX_NAME(nvtxRangeStart)
#define nvtxRangePush CUPORT_NVTX_NAME(nvtxRangePush)
#define nvtxNameCategory CUPORT_NVTX_NAME(nvtxNameCategory)
#define nvtxNameOsThread CUPORT_NVTX_NAME(nvtxNameOsThread)
#define nvtxDomainCreate CUPORT_NVTX_NAME(nvtxDomainCreate)
#define nvtxDomainRegisterString CUPORT_NVTX_NAME(nvtxDomainRegisterString)
#define nvtxDomainNameCategory CUPORT_NVTX_NAME(nvtxDomainNameCategory)

#endif
