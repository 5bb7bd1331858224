using System.Text.Json;
using CxrLab.Losses;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Losses;

/// <summary>PyTorch's and torchvision's own losses on the same numbers.</summary>
public class TorchOracleTests
{
    private const string Script = """
        import json, sys, torch, torch.nn.functional as F
        d = json.loads(sys.argv[1])
        x = torch.tensor(d['x'], dtype=torch.float64); y = torch.tensor(d['y'], dtype=torch.float64); c = torch.tensor(d['c'])
        w = torch.tensor([2.5, .5, 1.], dtype=torch.float64)
        out = {}
        for r in ['mean', 'sum']:
            out['bce ' + r] = F.binary_cross_entropy_with_logits(x, y, reduction=r).item()
            out['weighted ' + r] = F.binary_cross_entropy_with_logits(x, y, pos_weight=w, reduction=r).item()
            out['squared ' + r] = F.mse_loss(x, y, reduction=r).item()
            out['absolute ' + r] = F.l1_loss(x, y, reduction=r).item()
            out['huber ' + r] = F.huber_loss(x, y, reduction=r, delta=.8).item()
            out['classes ' + r] = F.cross_entropy(x, c, reduction=r).item()
        try:
            from torchvision.ops import sigmoid_focal_loss
            out['focal mean'] = sigmoid_focal_loss(x, y, alpha=.25, gamma=2, reduction='mean').item()
            out['focal sum'] = sigmoid_focal_loss(x, y, alpha=-1, gamma=1.5, reduction='sum').item()
        except ImportError: pass
        p = torch.sigmoid(x); q = torch.clamp(p - .05, min=0)
        out['asymmetric sum'] = -(y * (1 - p) * torch.log(p) + (1 - y) * q ** 4 * torch.log(1 - q)).sum().item()
        out['any'] = torch.log(1 - torch.prod(1 - p, 1)).tolist()
        print(json.dumps(out))
        """;

    [Fact]
    public void Compute_SameNumbers_AgreesWithPyTorch()
    {
        using var scope = NewDisposeScope();
        var random = new Random(5);
        double[][] x = [.. Enumerable.Range(0, 6).Select(_ => (double[])[.. Enumerable.Range(0, 3).Select(_ => (8 * random.NextDouble()) - 4)])];
        double[][] y = [.. Enumerable.Range(0, 6).Select(_ => (double[])[.. Enumerable.Range(0, 3).Select(_ => (double)random.Next(2))])];
        int[] c = [.. Enumerable.Range(0, 6).Select(_ => random.Next(3))];
        JsonElement torch = PythonTorch.Run(Script, JsonSerializer.Serialize(new { x, y, c }));
        Tensor logits = tensor(x.SelectMany(row => row).ToArray()).reshape(6, 3), targets = tensor(y.SelectMany(row => row).ToArray()).reshape(6, 3);
        foreach (nn.Reduction reduction in new[] { nn.Reduction.Mean, nn.Reduction.Sum })
        {
            Check("bce", new BinaryCrossEntropy { Reduction = reduction });
            Check("weighted", new BinaryCrossEntropy([2.5, .5, 1]) { Reduction = reduction });
            Check("squared", new MeanSquaredError { Reduction = reduction });
            Check("absolute", new MeanAbsoluteError { Reduction = reduction });
            Check("huber", new HuberLoss(.8) { Reduction = reduction });
            Check("focal", reduction == nn.Reduction.Mean ? new FocalLoss { Reduction = reduction } : new FocalLoss(1.5, null) { Reduction = reduction });
            if (reduction == nn.Reduction.Sum) Check("asymmetric", new AsymmetricLoss { Reduction = reduction });
            Tensor classes = tensor(c).reshape(6, 1);
            Assert.Equal(torch.GetProperty($"classes {reduction.ToString().ToLowerInvariant()}").GetDouble(), new UncertainMultiClass { Reduction = reduction }.Compute(logits, classes).item<double>(), 1e-10);

            void Check(string name, ILoss loss)
            {
                if (torch.TryGetProperty($"{name} {reduction.ToString().ToLowerInvariant()}", out JsonElement value))
                    Assert.Equal(value.GetDouble(), loss.Compute(logits, targets).item<double>(), 1e-10);
            }
        }

        double[] any = NoisyOr.LogAny(logits.reshape(6, 1, 1, 3)).flatten().data<double>().ToArray();
        Assert.Equal(torch.GetProperty("any").EnumerateArray().Select(value => value.GetDouble()), any, (a, b) => Math.Abs(a - b) < 1e-10);
    }
}
