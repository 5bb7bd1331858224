namespace CxrLab.Phantom;

/// <summary>Places for lesions that a reader can see: in the lung fields, not behind heart, hilum or dome.</summary>
internal static class LungSite
{
    /// <summary>A point in mm; the same random stream gives the same place in the lung on every image of the patient.</summary>
    public static (float X, float Y) Draw(Scene scene, Random random)
    {
        int side = random.NextSingle() < 0.5f ? -1 : 1;
        float across = 0.42f + 0.42f * random.NextSingle(), down = 0.2f + 0.62f * random.NextSingle();
        // The heart takes the inner half of the left base.
        if (side > 0 && down > 0.5f) across = 0.66f + 0.4f * (across - 0.42f);
        return scene.Shape(side).At(across, down);
    }
}
