using System.Globalization;
using System.Text.Json;

namespace CxrLab.Models;

/// <summary>The pixel values that a network's weights were trained on.</summary>
/// <param name="Name">For people, such as <c>[0, 1]</c>.</param>
/// <param name="Lowest">Smallest value that an image can have.</param>
/// <param name="Highest">Largest value that an image can have.</param>
public sealed record InputRange(string Name, double Lowest, double Highest)
{
    private const double Slack = 0.02;   // of the width: interpolation and noise overshoot a little
    private const double Trifle = 0.01;  // of the largest value: an image below that is of another scale

    /// <summary>Pixels divided by their maximum.</summary>
    public static InputRange Unit { get; } = new("[0, 1]", 0, 1);

    /// <summary>[0, 1] less ImageNet's mean, by its deviation, over the three channels: torchvision's weights and CheXNet.</summary>
    public static InputRange ImageNet { get; } = new("ImageNet-normalised", (0 - 0.485) / 0.229, (1 - 0.406) / 0.225);

    /// <summary>The scale of the TorchXRayVision weights (Cohen et al., MIDL 2022): black is -1024 and white 1024.</summary>
    public static InputRange Xrv { get; } = new("[-1024, 1024]", -1024, 1024);

    /// <summary>Every image less its own mean, by its own deviation. Some pixel is always below 0.</summary>
    public static InputRange Standardised { get; } = new("mean 0 and deviation 1 per image", -100, 100);

    /// <summary>Grey pixels in [0, 1], less a mean, by a deviation.</summary>
    /// <param name="mean">Subtracted.</param>
    /// <param name="deviation">Divisor, positive.</param>
    public static InputRange Normalised(double mean, double deviation) => (mean, deviation) == (0, 1)
        ? Unit
        : new(string.Create(CultureInfo.InvariantCulture, $"([0, 1] - {mean}) / {deviation}"), (0 - mean) / deviation, (1 - mean) / deviation);

    /// <summary>By the name in the table of published weights: <c>unit</c>, <c>imagenet</c> or <c>xrv1024</c>; null for any other.</summary>
    public static InputRange? Named(string name) => name switch { "unit" => Unit, "imagenet" => ImageNet, "xrv1024" => Xrv, _ => null };

    /// <summary>Why images with these extremes can't be of this range; null where they may.</summary>
    /// <param name="lowest">Smallest pixel of the batch.</param>
    /// <param name="highest">Largest pixel of the batch.</param>
    public string? Problem(double lowest, double highest)
    {
        double slack = Slack * (Highest - Lowest), size = Math.Max(Math.Abs(lowest), Math.Abs(highest));
        bool outside = !(lowest >= Lowest - slack && highest <= Highest + slack); // NaN is outside too
        bool faint = size > 0 && size < Trifle * Math.Max(Math.Abs(Lowest), Math.Abs(Highest));
        bool onlyBright = Lowest < -slack && lowest >= 0 && highest > 0;         // a radiograph has dark pixels
        if (!outside && !faint && !onlyBright) return null;
        string span = string.Create(CultureInfo.InvariantCulture, $"pixels from {lowest:G4} to {highest:G4}");
        return Guess(lowest, highest) is { } other && other != Name ? $"{span}, which looks like {other}" : span;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>From a weights file's metadata; null where it has none.</summary>
    internal static InputRange? FromJson(string path, string? json)
    {
        if (json is null) return null;
        try
        {
            return JsonSerializer.Deserialize<InputRange>(json) is { Name: not null } range && range.Lowest < range.Highest ? range : throw new JsonException();
        }
        catch (JsonException error)
        {
            throw new WeightsException(path, Weights.InputKey, json, "a range of pixels as JSON", error);
        }
    }

    private static string? Guess(double lowest, double highest) => (lowest, highest) switch
    {
        ( >= 0, <= 1) => Unit.Name,
        ( >= 0, > 1 and <= 255) => "8-bit pixels, [0, 255]",
        ( >= 0, > 255 and <= 65535) => "16-bit pixels",
        ( >= -2.2, <= 2.7) => ImageNet.Name,
        ( >= -50, <= 50) => Standardised.Name,
        ( >= -1024, <= 1024) => Xrv.Name,
        _ => null,
    };
}
