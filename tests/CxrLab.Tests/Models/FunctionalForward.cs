using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Tests.Models;

/// <summary>Forward passes in evaluation mode straight from a state dict, without any module.</summary>
internal sealed class FunctionalForward(Dictionary<string, Tensor> state)
{
    internal Tensor DenseNet121(Tensor images)
    {
        Tensor x = max_pool2d(relu(Norm(conv2d(images, state["features.conv0.weight"], strides: [2, 2], padding: [3, 3]), "features.norm0")), [3, 3], [2, 2], [1, 1]);
        int[] layers = [6, 12, 24, 16];
        for (int b = 1; b <= 4; b++)
        {
            for (int l = 1; l <= layers[b - 1]; l++)
            {
                string layer = $"features.denseblock{b}.denselayer{l}";
                Tensor narrow = conv2d(relu(Norm(x, $"{layer}.norm1")), state[$"{layer}.conv1.weight"]);
                x = cat([x, conv2d(relu(Norm(narrow, $"{layer}.norm2")), state[$"{layer}.conv2.weight"], padding: [1, 1])], 1);
            }

            string transition = $"features.transition{b}";
            if (b < 4) x = avg_pool2d(conv2d(relu(Norm(x, $"{transition}.norm")), state[$"{transition}.conv.weight"]), 2, 2);
        }

        return linear(relu(Norm(x, "features.norm5")).mean([2, 3]), state["classifier.weight"], state["classifier.bias"]);
    }

    internal Tensor ResNet50(Tensor images)
    {
        Tensor x = max_pool2d(relu(Norm(conv2d(images, state["conv1.weight"], strides: [2, 2], padding: [3, 3]), "bn1")), [3, 3], [2, 2], [1, 1]);
        int[] blocks = [3, 4, 6, 3];
        for (int s = 1; s <= 4; s++)
        {
            for (int b = 0; b < blocks[s - 1]; b++)
            {
                string block = $"layer{s}.{b}";
                long stride = s > 1 && b == 0 ? 2 : 1;
                Tensor y = relu(Norm(conv2d(x, state[$"{block}.conv1.weight"]), $"{block}.bn1"));
                y = relu(Norm(conv2d(y, state[$"{block}.conv2.weight"], strides: [stride, stride], padding: [1, 1]), $"{block}.bn2"));
                y = Norm(conv2d(y, state[$"{block}.conv3.weight"]), $"{block}.bn3");
                if (b == 0) x = Norm(conv2d(x, state[$"{block}.downsample.0.weight"], strides: [stride, stride]), $"{block}.downsample.1");
                x = relu(x + y);
            }
        }

        return linear(x.mean([2, 3]), state["fc.weight"], state["fc.bias"]);
    }

    // The definition of batch norm in evaluation mode, (x - μ) / √(σ² + ε) · γ + β.
    private Tensor Norm(Tensor x, string name)
    {
        Tensor Column(string part) => state[$"{name}.{part}"].reshape(1, -1, 1, 1);
        return ((x - Column("running_mean")) / (Column("running_var") + 1e-5).sqrt() * Column("weight")) + Column("bias");
    }
}
