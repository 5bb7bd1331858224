using CxrLab.Data;

namespace CxrLab.Phantom;

/// <summary>The layout of the Shenzhen hospital set: no masks.</summary>
public sealed class ShenzhenLayout : TuberculosisLayout
{
    /// <inheritdoc/>
    public override string Name => Shenzhen.Name;

    /// <inheritdoc/>
    public override string Title => "Shenzhen: PNG, tuberculosis";

    internal override string Home => "ChinaSet_AllFiles";

    internal override bool IsMontgomery(PhantomCase one) => false;
}
