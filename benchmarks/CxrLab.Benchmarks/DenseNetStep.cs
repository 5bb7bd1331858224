using CxrLab.Losses;
using CxrLab.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Benchmarks;

/// <summary>
/// A training step of DenseNet-121 (forward, loss, backward, Adam) with the library's model and loss, against the same layers of
/// TorchSharp called one after another by hand. The aim is at most 1.03 ×.
/// </summary>
internal static class DenseNetStep
{
    private const int Images = 4, Side = 224, Rounds = 12;

    internal static void Run()
    {
        TorchRuntime.Prepare();
        TorchRuntime.SeedAll(1);
        using Tensor images = randn(Images, 1, Side, Side), targets = randint(0, 2, [Images, 14]).to_type(ScalarType.Float32);
        using CxrModel model = ModelCatalog.Create("densenet121", LabelSet.Nih14);
        using var bare = new Bare();
        using var ours = optim.Adam(model.parameters());
        using var theirs = optim.Adam(bare.Layers.SelectMany(layer => layer.parameters()));
        var loss = new BinaryCrossEntropy();
        Ratio.Compare($"training step, {Images} × {Side}²: bare, library", () => Step(theirs, () => functional.binary_cross_entropy_with_logits(bare.Forward(images), targets)),
            () => Step(ours, () => loss.Compute(model.call(images), targets)), Rounds);
    }

    private static void Step(optim.Optimizer optimizer, Func<Tensor> loss)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        loss().backward();
        optimizer.step();
    }

    /// <summary>The layers in the order in which they are called, and nothing else.</summary>
    private sealed class Bare : IDisposable
    {
        private static readonly int[] Blocks = [6, 12, 24, 16];

        internal Bare()
        {
            Convolution(1, 64, 7, 2);
            Norm(64);
            int channels = 64;
            for (int b = 0; b < Blocks.Length; b++)
            {
                for (int l = 0; l < Blocks[b]; l++, channels += 32)
                {
                    Norm(channels);
                    Convolution(channels, 128, 1, 1);
                    Norm(128);
                    Convolution(128, 32, 3, 1);
                }

                Norm(channels);
                if (b < 3) Convolution(channels, channels /= 2, 1, 1);
            }

            Layers.Add(Linear(channels, 14));
        }

        internal List<Module<Tensor, Tensor>> Layers { get; } = [];

        public void Dispose() => Layers.ForEach(layer => layer.Dispose());

        internal Tensor Forward(Tensor images)
        {
            int at = 0;
            Tensor Next(Tensor x) => Layers[at++].call(x);
            Tensor x = functional.max_pool2d(functional.relu(Next(Next(images))), [3, 3], [2, 2], [1, 1]);
            for (int b = 0; b < Blocks.Length; b++)
            {
                for (int l = 0; l < Blocks[b]; l++) x = cat([x, Next(functional.relu(Next(Next(functional.relu(Next(x))))))], 1);
                x = functional.relu(Next(x));
                if (b < 3) x = functional.avg_pool2d(Next(x), 2, 2);
            }

            return Next(x.mean([2, 3]));
        }

        private void Convolution(int channels, int outputs, int kernel, int stride)
        {
            Conv2d convolution = Conv2d(channels, outputs, kernel, stride: stride, padding: kernel / 2, bias: false);
            init.kaiming_normal_(convolution.weight, mode: init.FanInOut.FanIn, nonlinearity: init.NonlinearityType.ReLU);
            Layers.Add(convolution);
        }

        private void Norm(int channels) => Layers.Add(BatchNorm2d(channels));
    }
}
