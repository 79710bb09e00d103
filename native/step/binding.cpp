#include <napi.h>

#include <set>
#include <stdexcept>
#include <string>

#include "addon.h"
#include "make_graph.h"
#include "network.h"

namespace ccnet {
namespace {

using step::Graph;
using step::Kind;
using step::LayerDescription;

Kind KindOf(const std::string& name) {
  static const std::pair<const char*, Kind> kinds[] = {{"input", Kind::Input},
                                                       {"convolution", Kind::Convolution},
                                                       {"transposed", Kind::TransposedConvolution},
                                                       {"batchNorm", Kind::BatchNorm},
                                                       {"relu", Kind::Relu},
                                                       {"maxPool", Kind::MaxPool},
                                                       {"concat", Kind::Concatenate},
                                                       {"add", Kind::Add},
                                                       {"dropout", Kind::Dropout}};
  for (const auto& [known, kind] : kinds) {
    if (name == known) return kind;
  }
  throw std::invalid_argument("The compiled step has no operation " + name + ".");
}

double NumberOr(const Napi::Object& object, const char* key, double otherwise) {
  const Napi::Value value = object.Get(key);
  return value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : otherwise;
}

LayerDescription ReadLayer(const Napi::Object& object) {
  LayerDescription layer;
  layer.kind = KindOf(object.Get("kind").As<Napi::String>());
  layer.name = object.Get("name").As<Napi::String>();
  const Napi::Array inputs = object.Get("inputs").As<Napi::Array>();
  for (uint32_t i = 0; i < inputs.Length(); ++i) layer.inputs.push_back(inputs.Get(i).As<Napi::String>());
  const auto integer = [&](const char* key, int otherwise) {
    return static_cast<int>(NumberOr(object, key, otherwise));
  };
  layer.channels = integer("channels", 0);
  layer.kernel = integer("kernel", 1);
  layer.stride = integer("stride", 1);
  layer.rate = NumberOr(object, "rate", 0.0);
  layer.epsilon = NumberOr(object, "epsilon", 0.0);
  layer.momentum = NumberOr(object, "momentum", 0.0);
  layer.bias = !object.Has("bias") || object.Get("bias").ToBoolean();
  return layer;
}

Graph ReadGraph(const Napi::Value& value) {
  const Napi::Array layers = value.As<Napi::Array>();
  std::vector<LayerDescription> descriptions;
  for (uint32_t i = 0; i < layers.Length(); ++i)
    descriptions.push_back(ReadLayer(layers.Get(i).As<Napi::Object>()));
  return step::MakeGraph(descriptions);
}

// Turns what the engine throws into a JavaScript error.
template <class Body>
auto Guard(Napi::Env env, Body body) -> decltype(body()) {
  try {
    return body();
  } catch (const Napi::Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw Napi::Error::New(env, "There is not enough memory for a step of this size.");
  } catch (const std::exception& error) {
    throw Napi::Error::New(env, error.what());
  }
}

/// planMemory of src-main/engine/compiled/stepAddon.ts.
Napi::Value PlanMemory(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  return Guard(env, [&] {
    const Napi::Object shape = info[1].As<Napi::Object>();
    const auto side = [&](const char* key) { return shape.Get(key).As<Napi::Number>().Int32Value(); };
    const step::MemoryNeed need = step::Network::Need(ReadGraph(info[0]), side("size"), side("height"),
                                                      side("width"), shape.Get("training").ToBoolean());
    Napi::Object result = Napi::Object::New(env);
    result.Set("arenaBytes", static_cast<double>(need.arena));
    result.Set("weightBytes", static_cast<double>(need.weights));
    result.Set("keptBytes", static_cast<double>(need.kept));
    result.Set("scratchBytes", static_cast<double>(need.scratch));
    return result;
  });
}

void Assign(std::vector<float>& to, const Napi::Value& from, const std::string& what) {
  const Napi::Float32Array array = from.As<Napi::Float32Array>();
  if (array.ElementLength() != to.size()) {
    throw std::invalid_argument(what + " has " + std::to_string(array.ElementLength()) +
                                " elements where the network has " + std::to_string(to.size()) + ".");
  }
  std::copy(array.Data(), array.Data() + array.ElementLength(), to.begin());
}

Napi::Float32Array Export(Napi::Env env, const std::vector<float>& values) {
  Napi::Float32Array array = Napi::Float32Array::New(env, values.size());
  std::copy(values.begin(), values.end(), array.Data());
  return array;
}

/// JavaScript's handle on a Network; src-main/engine/compiled/stepAddon.ts declares and describes its
/// methods.
class StepNetwork : public Napi::ObjectWrap<StepNetwork> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(
        env, "StepNetwork",
        {InstanceMethod<&StepNetwork::Step>("step"), InstanceMethod<&StepNetwork::Predict>("predict"),
         InstanceMethod<&StepNetwork::GetWeight>("weight"),
         InstanceMethod<&StepNetwork::SetWeight>("setWeight"),
         InstanceMethod<&StepNetwork::GetMoments>("moments"),
         InstanceMethod<&StepNetwork::SetMoments>("setMoments"),
         InstanceMethod<&StepNetwork::GetGradient>("gradient"),
         InstanceAccessor<&StepNetwork::GetSteps, &StepNetwork::SetSteps>("steps"),
         InstanceAccessor<&StepNetwork::GetArenaBytes>("arenaBytes"),
         InstanceAccessor<&StepNetwork::GetInstructionSet>("instructionSet"),
         InstanceMethod<&StepNetwork::Dispose>("dispose")});
  }

  explicit StepNetwork(const Napi::CallbackInfo& info) : Napi::ObjectWrap<StepNetwork>(info) {
    Guard(info.Env(), [&] {
      const step::Kernels* kernels = &step::BestKernels();
      if (info[2].IsString()) {
        const std::string name = info[2].As<Napi::String>();
        kernels = step::KernelsByName(name.c_str());
        if (!kernels)
          throw std::invalid_argument("This processor does not have the instruction set " + name + ".");
      }
      network_ = std::make_unique<step::Network>(ReadGraph(info[0]), *kernels);
      const Napi::Array weights = info[1].As<Napi::Array>();
      std::set<std::string> given;
      for (uint32_t i = 0; i < weights.Length(); ++i) {
        const Napi::Object weight = weights.Get(i).As<Napi::Object>();
        const std::string name = weight.Get("name").As<Napi::String>();
        if (!given.insert(name).second)
          throw std::invalid_argument("The weight " + name + " is given twice.");
        Assign(network_->Weight(name).value, weight.Get("data"), "The weight " + name);
      }
      for (const step::WeightSize& weight : network_->WeightSizes()) {
        if (given.count(weight.name) == 0)
          throw std::invalid_argument("The weight " + weight.name + " is missing.");
      }
      return true;
    });
  }

 private:
  step::Network& Use(Napi::Env env) {
    if (!network_) throw Napi::Error::New(env, "This training step has been disposed of.");
    return *network_;
  }

  static std::string Name(const Napi::CallbackInfo& info) { return info[0].As<Napi::String>(); }
  step::Parameter& At(const Napi::CallbackInfo& info) {
    return Guard(info.Env(), [&]() -> step::Parameter& { return Use(info.Env()).Weight(Name(info)); });
  }

  // Arguments: images, height, width, pixels.
  const float* Pixels(const Napi::CallbackInfo& info, int shape[3]) {
    for (int i = 0; i < 3; ++i) shape[i] = info[i].As<Napi::Number>().Int32Value();
    const Napi::Float32Array pixels = info[3].As<Napi::Float32Array>();
    const size_t expected =
        static_cast<size_t>(shape[0]) * shape[1] * shape[2] * static_cast<size_t>(Use(info.Env()).Channels());
    if (shape[0] < 1 || shape[1] < 1 || shape[2] < 1 || pixels.ElementLength() != expected) {
      throw Napi::RangeError::New(info.Env(), "The images have " + std::to_string(pixels.ElementLength()) +
                                                  " values where their shape and channels need " +
                                                  std::to_string(expected) + ".");
    }
    return pixels.Data();
  }

  Napi::Value Step(const Napi::CallbackInfo& info) {
    int shape[3];
    const float* pixels = Pixels(info, shape);
    const Napi::Uint8Array masks = info[4].As<Napi::Uint8Array>();
    if (masks.ElementLength() != static_cast<size_t>(shape[0]) * shape[1] * shape[2]) {
      throw Napi::RangeError::New(info.Env(), "The masks do not have one value per pixel.");
    }
    return Guard(info.Env(), [&] {
      const double loss =
          Use(info.Env())
              .Step(shape[0], shape[1], shape[2], pixels, masks.Data(), info[5].As<Napi::Number>(),
                    info[6].As<Napi::Number>(), info[7].As<Napi::Number>().Uint32Value());
      return Napi::Number::New(info.Env(), loss);
    });
  }

  Napi::Value Predict(const Napi::CallbackInfo& info) {
    int shape[3];
    const float* pixels = Pixels(info, shape);
    return Guard(info.Env(), [&] {
      Napi::Float32Array out =
          Napi::Float32Array::New(info.Env(), static_cast<size_t>(shape[0]) * shape[1] * shape[2]);
      Use(info.Env()).Predict(shape[0], shape[1], shape[2], pixels, out.Data());
      return out;
    });
  }

  Napi::Value GetWeight(const Napi::CallbackInfo& info) { return Export(info.Env(), At(info).value); }
  Napi::Value GetGradient(const Napi::CallbackInfo& info) { return Export(info.Env(), At(info).gradient); }

  void SetWeight(const Napi::CallbackInfo& info) {
    Guard(info.Env(), [&] { Assign(At(info).value, info[1], "The weight " + Name(info)); });
    ++Use(info.Env()).State().version;
  }

  Napi::Value GetMoments(const Napi::CallbackInfo& info) {
    Napi::Array pair = Napi::Array::New(info.Env(), 2);
    pair.Set(0u, Export(info.Env(), At(info).m));
    pair.Set(1u, Export(info.Env(), At(info).v));
    return pair;
  }

  void SetMoments(const Napi::CallbackInfo& info) {
    Guard(info.Env(), [&] {
      Assign(At(info).m, info[1], "The first moment of " + Name(info));
      Assign(At(info).v, info[2], "The second moment of " + Name(info));
    });
  }

  Napi::Value GetSteps(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), static_cast<double>(Use(info.Env()).State().steps));
  }
  void SetSteps(const Napi::CallbackInfo& info, const Napi::Value& value) {
    Use(info.Env()).State().steps = value.As<Napi::Number>().Int64Value();
  }
  Napi::Value GetArenaBytes(const Napi::CallbackInfo& info) {
    return Napi::Number::New(info.Env(), static_cast<double>(Use(info.Env()).ArenaBytes()));
  }
  Napi::Value GetInstructionSet(const Napi::CallbackInfo& info) {
    return Napi::String::New(info.Env(), Use(info.Env()).InstructionSet());
  }
  void Dispose(const Napi::CallbackInfo&) { network_.reset(); }

  std::unique_ptr<step::Network> network_;
};

}  // namespace

void RegisterStep(Napi::Env env, Napi::Object exports) {
  exports.Set("StepNetwork", StepNetwork::Define(env));
  exports.Set("planMemory", Napi::Function::New(env, PlanMemory));
}

}  // namespace ccnet
