// Segments the open image in Fiji or ImageJ with a network that CC-Net Workstation exported (NAME-pixels.onnx).
//
// Once: put onnxruntime-VERSION.jar (com.microsoft.onnxruntime:onnxruntime of Maven Central) into Fiji's folder jars, and restart.
// Then open an image, open this file in Fiji (File > Open), press Run and choose the network. All slices are segmented; the result is a
// new image: 0 background, 255 foreground. What is done to an image is inside the file, which takes it in one pass: up to about
// 2,000 x 2,000 pixels. No TensorFlow and no deepImageJ are needed.
// Tried with ImageJ 1.54f, Groovy 4.0 and ONNX Runtime 1.20 for Java (without Fiji itself) on colour and grey images.

#@ File (label = "Network (NAME-pixels.onnx)") network
#@ ImagePlus image
#@output ImagePlus mask

import ai.onnxruntime.OnnxTensor
import ai.onnxruntime.OrtEnvironment
import groovy.json.JsonSlurper
import ij.ImagePlus
import ij.ImageStack
import ij.process.ByteProcessor
import ij.process.ColorProcessor
import ij.process.ImageProcessor
import java.nio.FloatBuffer

/** Stored values of one slice as the network takes them, plane by plane: one channel, or red, green and blue. */
float[] valuesOf(ImageProcessor slice, int channels, List<Double> luminance) {
    int pixels = slice.getPixelCount()
    float[] values = new float[channels * pixels]
    boolean colour = slice instanceof ColorProcessor
    for (int at = 0; at < pixels; at++) {
        int rgb = colour ? slice.get(at) : 0
        float[] parts = colour ? [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255] : [slice.getf(at)] * 3
        if (channels == 3) for (int channel = 0; channel < 3; channel++) values[channel * pixels + at] = parts[channel]
        else values[at] = colour ? parts[0] * luminance[0] + parts[1] * luminance[1] + parts[2] * luminance[2] : parts[0]
    }
    return values
}

def environment = OrtEnvironment.environment
def session = environment.createSession(network.path)
if (!session.inputNames.contains("pixels")) throw new IllegalArgumentException("${network.name} does not prepare images itself: choose the file that ends in -pixels.onnx.")
def card = new JsonSlurper().parseText(session.metadata.customMetadata["ccnet"])
boolean isOf8Bits = card.training.depths[0] == 8
boolean is8Bit = image.getBitDepth() == 8 || image.getBitDepth() == 24
if (isOf8Bits != is8Bit) throw new IllegalArgumentException("The network is for ${isOf8Bits ? "8-bit" : "16-bit or float"} images, ${image.title} has ${image.getBitDepth()} bits: its brightness would be misread.")
int channels = card.preparation.channels
def stack = new ImageStack(image.getWidth(), image.getHeight())
for (int place = 1; place <= image.getStackSize(); place++) {
    def values = FloatBuffer.wrap(valuesOf(image.getStack().getProcessor(place), channels, card.preparation.luminance as List<Double>))
    def pixels = OnnxTensor.createTensor(environment, values, [1, channels, image.getHeight(), image.getWidth()] as long[])
    def answer = session.run([pixels: pixels])
    float[][] foreground = answer.get(0).value[0][1]
    def slice = new ByteProcessor(image.getWidth(), image.getHeight())
    for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) slice.set(x, y, foreground[y][x] > card.preparation.threshold ? 255 : 0)
    }
    stack.addSlice(image.getStack().getSliceLabel(place), slice)
    answer.close()
    pixels.close()
}
session.close()
mask = new ImagePlus("Mask of ${image.title}", stack)
