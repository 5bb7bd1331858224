using CxrLab.Explain;
using CxrLab.Models;

namespace CxrLab.Tests.Explain;

/// <summary>A model that suits a method, and the method with few steps.</summary>
internal static class Suited
{
    internal static CxrModel Model(string method, LabelSet labels)
    {
        CxrModel backbone = ModelCatalog.Create("cxrnet", labels, seed: 9);
        return method switch { "pcam" => PooledModel.WithPcam(backbone), "lse" => PooledModel.WithLse(backbone), "pixel" => PooledModel.With(backbone, "noisy-or"), _ => backbone };
    }

    internal static Explanation Method(string method) => ExplanationCatalog.ByName(method) switch
    {
        Rise rise => rise with { Masks = 40 },
        SmoothGrad smooth => smooth with { Samples = 2 },
        IntegratedGradients integrated => integrated with { Steps = 3 },
        Occlusion occlusion => occlusion with { Window = 0.5 },
        Explanation other => other,
    };
}
