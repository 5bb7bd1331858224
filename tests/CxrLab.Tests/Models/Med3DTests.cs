using CxrLab.Explain;
using CxrLab.Models;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

[Collection(nameof(GlobalGenerator))]
public class Med3DTests
{
    private static readonly LabelSet Two = new("Mass", "Nodule");

    // Millions of numbers that MedicalNet's README gives for its encoders: weights and running statistics, without the decoder.
    [Theory]
    [InlineData(10, 14.36)]
    [InlineData(18, 32.99)]
    [InlineData(34, 63.31)]
    [InlineData(50, 46.21)]
    public void Create_AnyDepth_HasMedicalNetsKeysAndSize(int depth, double millions)
    {
        using CxrModel model = ModelCatalog.Create($"med3d-resnet{depth}", Two);
        using var segmenter = new Med3DSegmenter(depth, classes: 3);
        Dictionary<string, long[]> expected = Keys(depth);
        Assert.Equal(millions, expected.Where(pair => pair.Value.Length > 0).Sum(pair => pair.Value.Aggregate(1L, (a, b) => a * b)) / 1e6, 0.005);
        long width = expected["layer4.0.bn2.weight"][0] * (depth == 50 ? 4 : 1);
        AssertKeys(new(expected) { ["fc.weight"] = [2, width], ["fc.bias"] = [2] }, model.state_dict());
        expected["conv_seg.0.weight"] = [width, 32, 2, 2, 2];
        expected["conv_seg.0.bias"] = [32];
        Norm(expected, "conv_seg.1", 32);
        expected["conv_seg.3.weight"] = [32, 32, 3, 3, 3];
        Norm(expected, "conv_seg.4", 32);
        expected["conv_seg.6.weight"] = [3, 32, 1, 1, 1];
        AssertKeys(expected, segmenter.state_dict());
    }

    [Theory]
    [InlineData(10, VolumeShortcut.Padding)]
    [InlineData(18, VolumeShortcut.Projection)]
    [InlineData(18, VolumeShortcut.Padding)]
    [InlineData(50, VolumeShortcut.Projection)]
    public void Features_RandomStatistics_AreTheFunctionalForward(int depth, VolumeShortcut shortcut)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using CxrModel model = depth switch
        {
            10 => new Med3DResNet10(Two, shortcut: shortcut),
            18 => new Med3DResNet18(Two, shortcut: shortcut),
            _ => new Med3DResNet50(Two, shortcut: shortcut),
        };
        RandomStatistics.Fill(model);
        model.eval();
        var volumes = randn([1, 1, 24, 20, 16]);
        Tensor expected = Forward(model.state_dict(), depth, volumes), features = model.Features(volumes);
        Assert.Equal([1, depth == 50 ? 2048 : 512, 3, 3, 2], features.shape); // an eighth of the volume, rounded up
        Close.AssertRelative(expected, features, 1e-4, $"{depth}, {shortcut}");
    }

    // MedicalNet's own code detaches here, so that whatever stands before a padded shortcut learns by the residual path alone.
    [Fact]
    public void PaddingShortcut_Gradient_GoesThrough()
    {
        using var scope = NewDisposeScope();
        using var shortcut = new PaddingShortcut(outputs: 4, stride: 2);
        var input = randn([1, 2, 4, 4, 4]).requires_grad_();
        Tensor output = shortcut.call(input);
        Assert.Equal([1, 4, 2, 2, 2], output.shape);
        output.sum().backward();
        var expected = zeros_like(input);
        for (int d = 0; d < output.shape[2]; d++)
            foreach (int h in new[] { 0, 2 })
                foreach (int w in new[] { 0, 2 }) expected[0, TensorIndex.Colon, 2 * d, h, w] = ones(2);
        Assert.True(Close.Same(expected, input.grad!));
        Assert.Equal(0, output[0, TensorIndex.Slice(2)].abs().sum().item<float>());
    }

    [Fact]
    public void Segmenter_OneStep_ReachesTheFirstLayer()
    {
        using var scope = NewDisposeScope();
        using var segmenter = new Med3DSegmenter(18, classes: 2);
        Tensor logits = segmenter.call(randn([2, 1, 16, 16, 16]));
        Assert.Equal([2, 2, 4, 4, 4], logits.shape);
        logits.square().mean().backward();
        Assert.All(segmenter.named_parameters(), parameter => Assert.True(parameter.parameter.grad!.abs().sum().item<float>() > 0, parameter.name));
    }

    [Fact]
    public void Segmenter_UnknownDepth_ListsTheKnown() =>
        Assert.Contains("10, 18, 34 and 50", Assert.Throws<ArgumentException>(() => new Med3DSegmenter(101, 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void Explain_Volumes_AreRefusedByName()
    {
        using CxrModel model = ModelCatalog.Create("med3d-resnet10", Two);
        using var image = randn(1, 16, 16);
        Assert.Contains("takes volumes", Assert.Throws<ArgumentException>(() => Cam.Grad(model, image, "Mass")).Message, StringComparison.Ordinal);
    }

    private static int[] Blocks(int depth) => depth switch { 10 => [1, 1, 1, 1], 18 => [2, 2, 2, 2], _ => [3, 4, 6, 3] };

    // Written down from the table of MedicalNet's networks, not from our classes. Depths 18 and 34 have shortcut A, which has no weights.
    private static Dictionary<string, long[]> Keys(int depth)
    {
        var keys = new Dictionary<string, long[]> { ["conv1.weight"] = [64, 1, 7, 7, 7] };
        Norm(keys, "bn1", 64);
        long from = 64;
        for (int s = 1; s <= 4; s++)
        {
            long width = 32 << s, to = depth == 50 ? 4 * width : width;
            for (int b = 0; b < Blocks(depth)[s - 1]; b++, from = to)
            {
                string block = $"layer{s}.{b}";
                long[][] shapes = depth == 50 ? [[width, from, 1, 1, 1], [width, width, 3, 3, 3], [to, width, 1, 1, 1]] : [[width, from, 3, 3, 3], [width, width, 3, 3, 3]];
                for (int c = 1; c <= shapes.Length; c++)
                {
                    keys[$"{block}.conv{c}.weight"] = shapes[c - 1];
                    Norm(keys, $"{block}.bn{c}", shapes[c - 1][0]);
                }

                if (from == to || depth is 18 or 34) continue;
                keys[$"{block}.downsample.0.weight"] = [to, from, 1, 1, 1];
                Norm(keys, $"{block}.downsample.1", to);
            }
        }

        return keys;
    }

    private static void Norm(Dictionary<string, long[]> keys, string name, long channels)
    {
        foreach (string part in new[] { "weight", "bias", "running_mean", "running_var" }) keys[$"{name}.{part}"] = [channels];
        keys[$"{name}.num_batches_tracked"] = [];
    }

    private static void AssertKeys(Dictionary<string, long[]> expected, Dictionary<string, Tensor> state)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
        foreach ((string key, long[] shape) in expected) Assert.True(shape.SequenceEqual(state[key].shape), key);
    }

    // Straight from a state dict: stride 2 in stage 2, dilation 2 and 4 in stages 3 and 4.
    private static Tensor Forward(Dictionary<string, Tensor> state, int depth, Tensor volumes)
    {
        Tensor x = nn.functional.max_pool3d(Norm(nn.functional.conv3d(volumes, state["conv1.weight"], strides: [2, 2, 2], padding: [3, 3, 3]), "bn1").relu(), [3, 3, 3], [2, 2, 2], [1, 1, 1]);
        for (int s = 1; s <= 4; s++)
        {
            for (int b = 0; b < Blocks(depth)[s - 1]; b++)
            {
                string block = $"layer{s}.{b}";
                long stride = s == 2 && b == 0 ? 2 : 1, dilation = s switch { 3 => 2, 4 => 4, _ => 1 };
                Tensor y = x;
                int convolutions = depth == 50 ? 3 : 2, wide = depth == 50 ? 2 : 1; // which of them has the stride
                for (int c = 1; c <= convolutions; c++)
                {
                    Tensor weight = state[$"{block}.conv{c}.weight"];
                    long spread = weight.shape[2] == 1 ? 0 : dilation, step = c == wide ? stride : 1;
                    y = Norm(nn.functional.conv3d(y, weight, strides: [step, step, step], padding: [spread, spread, spread], dilation: [dilation, dilation, dilation]), $"{block}.bn{c}");
                    if (c < convolutions) y = y.relu();
                }

                if (state.TryGetValue($"{block}.downsample.0.weight", out Tensor? projection))
                    x = Norm(nn.functional.conv3d(x, projection, strides: [stride, stride, stride]), $"{block}.downsample.1");
                else if (x.shape[1] != y.shape[1])
                    x = nn.functional.pad(x[TensorIndex.Ellipsis, TensorIndex.Slice(step: stride), TensorIndex.Slice(step: stride), TensorIndex.Slice(step: stride)], [0, 0, 0, 0, 0, 0, 0, y.shape[1] - x.shape[1]]);
                x = (x + y).relu();
            }
        }

        return x;

        Tensor Norm(Tensor maps, string name)
        {
            Tensor Column(string part) => state[$"{name}.{part}"].reshape(1, -1, 1, 1, 1);
            return ((maps - Column("running_mean")) / (Column("running_var") + 1e-5).sqrt() * Column("weight")) + Column("bias");
        }
    }
}
