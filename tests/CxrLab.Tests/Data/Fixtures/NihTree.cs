using CxrLab.Tests.Imaging;

namespace CxrLab.Tests.Data.Fixtures;

/// <summary>
/// NIH ChestX-ray14 in miniature, as Kaggle packs the first release: brackets with commas in the header, a 12th empty column, ages with
/// units and impossible ones, an RGBA image, the box list with 9 header fields, a list without a final newline.
/// </summary>
internal static class NihTree
{
    internal const string Header2017 = "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y],";

    internal static Tree Write()
    {
        var tree = new Tree();
        tree.Text("Data_Entry_2017.csv", Header2017,
            "00000001_000.png,Cardiomegaly,000,1,058Y,M,PA,2682,2749,0.143,0.143,",
            "00000001_001.png,Cardiomegaly|Emphysema,001,1,058Y,M,PA,2894,2729,0.143,0.143,",
            "00000002_000.png,No Finding,000,2,414Y,M,AP,2500,2048,0.168,0.168,",
            "00000003_000.png,Hernia|Pleural_Thickening,000,3,006M,F,PA,2582,2991,0.143,0.143,",
            "00000004_000.png,Infiltration,000,4,073D,F,PA,2582,2991,0.143,0.143,",
            "00000005_000.png,No Finding,000,5,082Y,F,AP,2500,2048,0.168,0.168,");
        tree.Text("BBox_List_2017.csv", "Image Index,Finding Label,Bbox [x,y,w,h],,,",
            "00000001_000.png,Cardiomegaly,225.084745762712,547.019216763771,86.7796610169491,79.186440677966",
            "00000004_000.png,Infiltrate,686.101694915254,131.543498411017,185.491525423729,313.491525423729");
        tree.Text("test_list.txt", "00000004_000.png", "00000005_000.png");
        tree.Bytes("train_val_list.txt", "00000001_000.png\r\n00000001_001.png\r\n00000002_000.png\r\n00000003_000.png"u8.ToArray());
        tree.Png("images_001/images/00000001_000.png").Png("images_001/images/00000001_001.png", type: PngMaker.Rgba);
        tree.Png("images_002/images/00000002_000.png").Png("images_012/images/00000004_000.png").Png("images_012/images/00000005_000.png");
        return tree;
    }
}
