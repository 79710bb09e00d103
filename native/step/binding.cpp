#include <napi.h>

#include <memory>
#include <set>
#include <stdexcept>
#include <string>

#include "addon.h"
#include "common/argument.h"
#include "common/javascript_error.h"
#include "step/network.h"
#include "step/plan/make_graph.h"

namespace ccnet {
namespace {

using step::Kind;
using step::LayerDescription;
using step::Network;
using step::Parameter;
using step::Shape;

Kind KindOf(const Argument& argument) {
  static const std::pair<const char*, Kind> kinds[] = {{"input", Kind::Input},
                                                       {"convolution", Kind::Convolution},
                                                       {"transposed", Kind::TransposedConvolution},
                                                       {"batchNorm", Kind::BatchNorm},
                                                       {"relu", Kind::Relu},
                                                       {"maxPool", Kind::MaxPool},
                                                       {"concat", Kind::Concatenate},
                                                       {"add", Kind::Add},
                                                       {"dropout", Kind::Dropout}};
  const std::string name = argument.Text();
  for (const auto& [known, kind] : kinds) {
    if (name == known) return kind;
  }
  throw std::invalid_argument("The compiled step has no operation " + name + ".");
}

LayerDescription ReadLayer(const Argument& argument) {
  const auto integer = [&](const char* key) {
    return static_cast<int>(argument.Field(key).Integer(INT32_MIN, INT32_MAX));
  };
  LayerDescription layer;
  layer.kind = KindOf(argument.Field("kind"));
  layer.name = argument.Field("name").Text();
  for (const Argument& input : argument.Field("inputs").Items(step::kMostLayers))
    layer.inputs.push_back(input.Text());
  layer.channels = integer("channels");
  if (layer.kind == Kind::Convolution || layer.kind == Kind::TransposedConvolution)
    layer.kernel = integer("kernel");
  if (layer.kind == Kind::TransposedConvolution) layer.stride = integer("stride");
  if (layer.kind == Kind::Dropout) layer.rate = argument.Field("rate").Number();
  if (layer.kind == Kind::BatchNorm) {
    layer.epsilon = argument.Field("epsilon").Number();
    layer.momentum = argument.Field("momentum").Number();
  }
  return layer;
}

step::Graph ReadGraph(const Argument& argument) {
  std::vector<LayerDescription> layers;
  for (const Argument& layer : argument.Items(step::kMostLayers)) layers.push_back(ReadLayer(layer));
  return step::MakeGraph(layers);
}

// What is too large or too small for a network is said where the layers are known.
int ReadSide(const Argument& argument) { return static_cast<int>(argument.Integer(1, INT32_MAX)); }

/// planMemory of src-main/engine/compiled/stepAddon.ts.
Napi::Value PlanMemory(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  return Guarded(env, [&] {
    const Argument given(info, 1, "planMemory: the shape");
    const Shape shape{ReadSide(given.Field("size")), ReadSide(given.Field("height")),
                      ReadSide(given.Field("width"))};
    const bool training = given.Field("training").Flag();
    const step::MemoryNeed need =
        Network::Need(ReadGraph(Argument(info, 0, "planMemory: the layers")), shape, training);
    Napi::Object result = Napi::Object::New(env);
    result.Set("arenaBytes", static_cast<double>(need.arena));
    result.Set("weightBytes", static_cast<double>(need.weights));
    result.Set("keptBytes", static_cast<double>(need.kept));
    result.Set("scratchBytes", static_cast<double>(need.scratch));
    return result;
  });
}

void Assign(std::vector<float>& to, const Argument& from, const std::string& what) {
  const Span<float> values = from.Floats();
  if (values.size != to.size()) {
    throw std::invalid_argument(what + " has " + std::to_string(values.size) +
                                " elements where the network has " + std::to_string(to.size()) + ".");
  }
  std::copy(values.data, values.data + values.size, to.begin());
}

Napi::Float32Array Export(Napi::Env env, const std::vector<float>& values) {
  Napi::Float32Array array = Napi::Float32Array::New(env, values.size());
  std::copy(values.begin(), values.end(), array.Data());
  return array;
}

const step::Kernels& ReadKernels(const Argument& argument) {
  if (!argument.Given()) return step::BestKernels();
  const std::string name = argument.Text();
  if (const step::Kernels* kernels = step::KernelsByName(name.c_str())) return *kernels;
  throw std::invalid_argument("This processor does not have the instruction set " + name + ".");
}

void ReadWeights(const Argument& argument, Network& network) {
  std::set<std::string> given;
  // A layer has at most four.
  for (const Argument& weight : argument.Items(4 * step::kMostLayers)) {
    const std::string name = weight.Field("name").Text();
    if (!given.insert(name).second) throw std::invalid_argument("The weight " + name + " is given twice.");
    Assign(network.Weight(name).value, weight.Field("data"), "The weight " + name);
  }
  for (const step::WeightSize& weight : network.WeightSizes()) {
    if (given.count(weight.name) == 0)
      throw std::invalid_argument("The weight " + weight.name + " is missing.");
  }
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
    Guarded(info.Env(), [&] {
      auto network =
          std::make_unique<Network>(ReadGraph(Argument(info, 0, "StepNetwork: the layers")),
                                    ReadKernels(Argument(info, 2, "StepNetwork: the instruction set")));
      ReadWeights(Argument(info, 1, "StepNetwork: the weights"), *network);
      network_ = std::move(network);
    });
  }

 private:
  /// Calls the body with the network: every method's border to JavaScript.
  template <class Body>
  auto With(const Napi::CallbackInfo& info, Body body) -> decltype(body(std::declval<Network&>())) {
    return Guarded(info.Env(), [&] {
      if (!network_) throw std::invalid_argument("This training step has been disposed of.");
      return body(*network_);
    });
  }

  static std::string Name(const Napi::CallbackInfo& info) {
    return Argument(info, 0, "The name of the weight").Text();
  }
  static Parameter& Trained(const Napi::CallbackInfo& info, Network& network) {
    Parameter& parameter = network.Weight(Name(info));
    if (!parameter.trainable) throw std::invalid_argument(Name(info) + " is not learnt by gradients.");
    return parameter;
  }

  // Arguments: images, height, width.
  static Shape ReadShape(const Napi::CallbackInfo& info) {
    const Shape shape{ReadSide(Argument(info, 0, "The number of images")),
                      ReadSide(Argument(info, 1, "The height")), ReadSide(Argument(info, 2, "The width"))};
    if (!shape.Possible()) throw std::invalid_argument("The batch is too large.");
    return shape;
  }

  static const float* Pixels(const Napi::CallbackInfo& info, const Shape& shape, const Network& network) {
    const Span<float> pixels = Argument(info, 3, "The images").Floats();
    const size_t expected = static_cast<size_t>(shape.Pixels() * network.Channels());
    if (pixels.size != expected) {
      throw std::invalid_argument("The images have " + std::to_string(pixels.size) +
                                  " values where their shape and channels need " + std::to_string(expected) +
                                  ".");
    }
    return pixels.data;
  }

  Napi::Value Step(const Napi::CallbackInfo& info) {
    return With(info, [&](Network& network) {
      const Shape shape = ReadShape(info);
      const float* pixels = Pixels(info, shape, network);
      const Span<uint8_t> masks = Argument(info, 4, "The masks").Bytes();
      if (masks.size != static_cast<size_t>(shape.Pixels()))
        throw std::invalid_argument("The masks do not have one value per pixel.");
      const double foreground_weight = Argument(info, 5, "The weight of the foreground").Number(0.0, 1e30);
      const double rate = Argument(info, 6, "The learning rate").Number(0.0, 1e30);
      const int64_t seed = Argument(info, 7, "The seed").Integer(0, UINT32_MAX);
      return Napi::Number::New(info.Env(),
                               network.Step(shape, pixels, masks.data, static_cast<float>(foreground_weight),
                                            static_cast<float>(rate), static_cast<uint32_t>(seed)));
    });
  }

  Napi::Value Predict(const Napi::CallbackInfo& info) {
    return With(info, [&](Network& network) {
      const Shape shape = ReadShape(info);
      const float* pixels = Pixels(info, shape, network);
      Napi::Float32Array out = Napi::Float32Array::New(info.Env(), static_cast<size_t>(shape.Pixels()));
      network.Predict(shape, pixels, out.Data());
      return out;
    });
  }

  Napi::Value GetWeight(const Napi::CallbackInfo& info) {
    return With(info, [&](Network& network) { return Export(info.Env(), network.Weight(Name(info)).value); });
  }
  Napi::Value GetGradient(const Napi::CallbackInfo& info) {
    return With(info, [&](Network& network) { return Export(info.Env(), Trained(info, network).gradient); });
  }

  void SetWeight(const Napi::CallbackInfo& info) {
    With(info, [&](Network& network) {
      const std::string name = Name(info);
      Assign(network.Weight(name).value, Argument(info, 1, "The weight " + name), "The weight " + name);
      ++network.State().version;
    });
  }

  Napi::Value GetMoments(const Napi::CallbackInfo& info) {
    return With(info, [&](Network& network) {
      const Parameter& parameter = Trained(info, network);
      Napi::Array pair = Napi::Array::New(info.Env(), 2);
      pair.Set(0u, Export(info.Env(), parameter.m));
      pair.Set(1u, Export(info.Env(), parameter.v));
      return pair;
    });
  }

  void SetMoments(const Napi::CallbackInfo& info) {
    With(info, [&](Network& network) {
      Parameter& parameter = Trained(info, network);
      const std::string first = "The first moment of " + Name(info),
                        second = "The second moment of " + Name(info);
      Assign(parameter.m, Argument(info, 1, first), first);
      Assign(parameter.v, Argument(info, 2, second), second);
    });
  }

  Napi::Value GetSteps(const Napi::CallbackInfo& info) {
    return With(info, [&](Network& network) {
      return Napi::Number::New(info.Env(), static_cast<double>(network.State().steps));
    });
  }
  void SetSteps(const Napi::CallbackInfo& info, const Napi::Value&) {
    With(info, [&](Network& network) {
      network.State().steps = Argument(info, 0, "The number of steps").Integer(0, int64_t{1} << 52);
    });
  }
  Napi::Value GetArenaBytes(const Napi::CallbackInfo& info) {
    return With(info, [&](Network& network) {
      return Napi::Number::New(info.Env(), static_cast<double>(network.ArenaBytes()));
    });
  }
  Napi::Value GetInstructionSet(const Napi::CallbackInfo& info) {
    return With(info,
                [&](Network& network) { return Napi::String::New(info.Env(), network.InstructionSet()); });
  }
  void Dispose(const Napi::CallbackInfo&) { network_.reset(); }

  std::unique_ptr<Network> network_;
};

}  // namespace

void RegisterStep(Napi::Env env, Napi::Object exports) {
  exports.Set("StepNetwork", StepNetwork::Define(env));
  exports.Set("planMemory", Napi::Function::New(env, PlanMemory));
}

}  // namespace ccnet
