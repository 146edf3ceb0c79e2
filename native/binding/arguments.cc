#include "arguments.h"

#include <cmath>

namespace metamem {

namespace {

// The largest number up to which doubles hold every whole one.
constexpr double kLargestExact = 9007199254740991.0;

}  // namespace

void Throw(Napi::Env env, const char* code, const std::string& message) {
  napi_throw_error(env, code, message.c_str());
}

bool ReadInt64(const Napi::CallbackInfo& info, size_t index, int64_t* out) {
  const Napi::Value value = info[index];
  bool lossless = false;
  if (value.IsBigInt()) {
    *out = value.As<Napi::BigInt>().Int64Value(&lossless);
  } else if (value.IsNumber()) {
    const double number = value.As<Napi::Number>().DoubleValue();
    lossless = std::trunc(number) == number && std::fabs(number) <= kLargestExact;
    if (lossless) *out = static_cast<int64_t>(number);
  }
  if (!lossless) Throw(info.Env(), kBadArgument, "argument " + std::to_string(index) + " must be a 64-bit integer");
  return lossless;
}

bool ReadText(const Napi::CallbackInfo& info, size_t index, std::string* out) {
  if (info[index].IsString()) {
    *out = info[index].As<Napi::String>().Utf8Value();
    return true;
  }
  Throw(info.Env(), kBadArgument, "argument " + std::to_string(index) + " must be a text");
  return false;
}

bool ReadBytes(const Napi::CallbackInfo& info, size_t index, size_t minimum, uint8_t** data, size_t* size) {
  const Napi::Value value = info[index];
  if (value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_uint8_array) {
    Napi::Uint8Array array = value.As<Napi::Uint8Array>();
    *data = array.Data();
    *size = array.ByteLength();
    if (*size >= minimum) return true;
  }
  Throw(
      info.Env(), kBadArgument,
      "argument " + std::to_string(index) + " must be a Uint8Array of at least " + std::to_string(minimum) + " bytes");
  return false;
}

bool ReadMember(const Napi::Object& object, const char* name, double* out) {
  const Napi::Value value = object.Get(name);
  if (!value.IsNumber()) {
    Throw(object.Env(), kBadArgument, std::string(name) + " must be a number");
    return false;
  }
  *out = value.As<Napi::Number>().DoubleValue();
  return true;
}

bool ReadMember(const Napi::Object& object, const char* name, int32_t* out) {
  double value;
  if (!ReadMember(object, name, &value)) return false;
  if (std::trunc(value) != value || value < INT32_MIN || value > INT32_MAX) {
    Throw(object.Env(), kBadArgument, std::string(name) + " must be a 32-bit integer");
    return false;
  }
  *out = static_cast<int32_t>(value);
  return true;
}

bool ReadMember(const Napi::Object& object, const char* name, uint32_t* out) {
  double value;
  if (!ReadMember(object, name, &value)) return false;
  if (std::trunc(value) != value || value < 0 || value > UINT32_MAX) {
    Throw(object.Env(), kBadArgument, std::string(name) + " must be a 32-bit set");
    return false;
  }
  *out = static_cast<uint32_t>(value);
  return true;
}

bool ReadMember(const Napi::Object& object, const char* name, int64_t* out) {
  double value;
  if (!ReadMember(object, name, &value)) return false;
  if (std::trunc(value) != value || std::fabs(value) > kLargestExact) {
    Throw(object.Env(), kBadArgument, std::string(name) + " must be a whole number");
    return false;
  }
  *out = static_cast<int64_t>(value);
  return true;
}

bool ReadMember(const Napi::Object& object, const char* name, std::string* out) {
  const Napi::Value value = object.Get(name);
  if (!value.IsString()) {
    Throw(object.Env(), kBadArgument, std::string(name) + " must be a text");
    return false;
  }
  *out = value.As<Napi::String>().Utf8Value();
  return true;
}

bool ReadMember(const Napi::Object& object, const char* name, bool* out) {
  const Napi::Value value = object.Get(name);
  if (!value.IsBoolean()) {
    Throw(object.Env(), kBadArgument, std::string(name) + " must be true or false");
    return false;
  }
  *out = value.As<Napi::Boolean>().Value();
  return true;
}

}  // namespace metamem
