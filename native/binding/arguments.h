// Reading and checking what JavaScript passed. Each reader throws into JavaScript, with a `code`, and returns false
// when an argument is not what it should be.

#ifndef METAMEM_BINDING_ARGUMENTS_H_
#define METAMEM_BINDING_ARGUMENTS_H_

#include <napi.h>

#include <cstdint>
#include <string>

namespace metamem {

inline constexpr char kBadArgument[] = "ERR_BAD_ARGUMENT";
inline constexpr char kClosed[] = "ERR_CLOSED";
inline constexpr char kBadSnapshot[] = "ERR_BAD_SNAPSHOT";

void Throw(Napi::Env env, const char* code, const std::string& message);

inline bool ReadInt(const Napi::CallbackInfo& info, size_t index, int32_t* out) {
  if (napi_get_value_int32(info.Env(), info[index], out) == napi_ok) return true;
  Throw(info.Env(), kBadArgument, "argument " + std::to_string(index) + " must be a number");
  return false;
}

// A safe integer or a BigInt that fits into 64 bits.
bool ReadInt64(const Napi::CallbackInfo& info, size_t index, int64_t* out);

// A text, as UTF-8.
bool ReadText(const Napi::CallbackInfo& info, size_t index, std::string* out);

// The bytes of a Uint8Array of at least `minimum` bytes; they stay JavaScript's.
bool ReadBytes(const Napi::CallbackInfo& info, size_t index, size_t minimum, uint8_t** data, size_t* size);

// Members of an options object.
bool ReadMember(const Napi::Object& object, const char* name, double* out);
bool ReadMember(const Napi::Object& object, const char* name, int32_t* out);
bool ReadMember(const Napi::Object& object, const char* name, uint32_t* out);
bool ReadMember(const Napi::Object& object, const char* name, bool* out);
bool ReadMember(const Napi::Object& object, const char* name, std::string* out);
// A whole number that a double holds exactly.
bool ReadMember(const Napi::Object& object, const char* name, int64_t* out);

}  // namespace metamem

#endif  // METAMEM_BINDING_ARGUMENTS_H_
