// Segments the selected annotations in QuPath, or the whole image where none is selected, with a network that CC-Net Workstation exported
// (NAME-pixels.onnx).
//
// Once: drag onnxruntime-VERSION.jar (com.microsoft.onnxruntime:onnxruntime of Maven Central) onto QuPath's window, and restart.
// Then open an image, select annotations, open this file in the script editor (Automate > Script editor), write the path of the network
// below, and run it. What was found becomes an annotation of the class "Foreground". What is done to an image is inside the file, which
// takes a region in one pass: up to about 2,000 x 2,000 pixels. Regions are read in full resolution, at which the network was trained;
// `downsample` reads coarser ones where its training images were.
// Untried: QuPath was not at hand where this was written. The part that runs the network is that of the script for Fiji, which was tried.

def network = "/path/to/NAME-pixels.onnx"
double downsample = 1

import ai.onnxruntime.OnnxTensor
import ai.onnxruntime.OrtEnvironment
import groovy.json.JsonSlurper
import java.nio.FloatBuffer
import qupath.lib.analysis.images.ContourTracing
import qupath.lib.analysis.images.SimpleImages
import qupath.lib.objects.PathObjects
import qupath.lib.objects.classes.PathClass
import qupath.lib.regions.RegionRequest
import qupath.lib.roi.RoiTools

def imageData = getCurrentImageData()
def server = imageData.server
def environment = OrtEnvironment.environment
def session = environment.createSession(network)
if (!session.inputNames.contains("pixels")) throw new IllegalArgumentException("${network} does not prepare images itself: name the file that ends in -pixels.onnx.")
def card = new JsonSlurper().parseText(session.metadata.customMetadata["ccnet"])
boolean isOf8Bits = card.training.depths[0] == 8
boolean is8Bit = server.pixelType.toString() == "UINT8"
if (isOf8Bits != is8Bit) throw new IllegalArgumentException("The network is for ${isOf8Bits ? "8-bit" : "16-bit or float"} images, this one has values of the kind ${server.pixelType}: its brightness would be misread.")
int channels = card.preparation.channels
def luminance = card.preparation.luminance

def parents = getSelectedObjects().findAll { it.isAnnotation() }
def regions = parents.isEmpty() ? [RegionRequest.createInstance(server, downsample)] : parents.collect { RegionRequest.createInstance(server.path, downsample, it.ROI) }
regions.eachWithIndex { region, index ->
    def raster = server.readRegion(region).raster
    int width = raster.width, height = raster.height, pixels = width * height
    float[][] bands = (0..<raster.numBands).collect { raster.getSamples(0, 0, width, height, it, (float[]) null) }
    boolean colour = bands.length >= 3
    float[] values = new float[channels * pixels]
    for (int at = 0; at < pixels; at++) {
        if (channels == 3) for (int channel = 0; channel < 3; channel++) values[channel * pixels + at] = bands[colour ? channel : 0][at]
        else values[at] = colour ? bands[0][at] * luminance[0] + bands[1][at] * luminance[1] + bands[2][at] * luminance[2] : bands[0][at]
    }
    def tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), [1, channels, height, width] as long[])
    def answer = session.run([pixels: tensor])
    float[][] foreground = answer.get(0).value[0][1]
    float[] found = new float[pixels]
    for (int at = 0; at < pixels; at++) found[at] = foreground[at.intdiv(width)][at % width] > card.preparation.threshold ? 1 : 0
    answer.close()
    tensor.close()
    def roi = ContourTracing.createTracedROI(SimpleImages.createFloatImage(found, width, height), 1, 1, region)
    if (roi != null && !parents.isEmpty()) roi = RoiTools.intersection([roi, parents[index].ROI])
    if (roi != null && !roi.isEmpty()) imageData.hierarchy.addObject(PathObjects.createAnnotationObject(roi, PathClass.fromString("Foreground")))
}
session.close()
